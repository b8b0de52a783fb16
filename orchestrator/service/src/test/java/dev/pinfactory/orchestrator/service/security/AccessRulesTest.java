package dev.pinfactory.orchestrator.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.pinfactory.proto.v1.RunTaskRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

class AccessRulesTest {
    private static final ServiceDescriptor SERVICE =
            RunTaskRequest.getDescriptor().getFile().findServiceByName("SwarmService");

    @Test
    void everyMethodHasARuleWithARole() {
        assertThat(AccessRules.served().all())
                .hasSize(SERVICE.getMethods().size() + 1)
                .allSatisfy(rule -> assertThat(rule.roles()).as(rule.call()).isNotEmpty());
    }

    @Test
    void aMethodWithoutARuleOrARuleWithoutAMethodStopsTheStart() {
        assertThatThrownBy(() -> AccessRules.of(SERVICE, Map.of("RunTask", Set.of(Role.CALLER), "Fly", Set.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DeleteTask")
                .hasMessageContaining("[Fly]");
    }

    @Test
    void pathsAreThoseOfTheContract() {
        assertThat(AccessRules.served().all())
                .filteredOn(rule -> rule.call().equals("pinfactory.v1.SwarmService/CancelTask"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.routes())
                        .containsExactly(new AccessRules.Route(HttpMethod.POST, "/v1/tasks/{task_id}/cancel")));
    }

    static List<Map.Entry<Object, Set<String>>> claims() {
        return List.of(
                Map.entry(List.of("caller", "platform"), Set.of("ROLE_CALLER", "ROLE_PLATFORM")),
                Map.entry("operator reviewer", Set.of("ROLE_OPERATOR", "ROLE_REVIEWER")),
                Map.entry(List.of("CALLER", "admin", 7), Set.of()),
                Map.entry(7, Set.of()),
                Map.entry(Map.of("caller", true), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void rolesAreReadFromWhereTheIssuerPutsThem(Map.Entry<Object, Set<String>> claim) {
        assertThat(authorities("roles", Map.of("roles", claim.getKey())))
                .containsExactlyInAnyOrderElementsOf(claim.getValue());
        assertThat(authorities("realm_access.roles", Map.of("realm_access", Map.of("roles", claim.getKey()))))
                .containsExactlyInAnyOrderElementsOf(claim.getValue());
    }

    private static List<String> authorities(String place, Map<String, Object> claims) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put("tenant", "acme");
        Jwt token = new Jwt("t", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Map.of("alg", "RS256"), all);
        return new TokenRoles(place, "tenant")
                .convert(token).stream().map(GrantedAuthority::getAuthority).toList();
    }
}
