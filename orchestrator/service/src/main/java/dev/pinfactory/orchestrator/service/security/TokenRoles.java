package dev.pinfactory.orchestrator.service.security;

import dev.pinfactory.orchestrator.service.task.Tenants;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The roles that a token names: a list or words with spaces between, at a place such as {@code roles} or {@code realm_access.roles}. What is no role here is
 * left out; a token without any, or without a tenant, may do nothing.
 */
final class TokenRoles implements Converter<Jwt, Collection<GrantedAuthority>> {
    private final List<String> place;
    private final String tenant;

    /**
     * @param claim place of the roles
     * @param tenant claim of the tenant
     */
    TokenRoles(String claim, String tenant) {
        this.place = List.of(claim.split("\\."));
        this.tenant = tenant;
    }

    @Override
    public Collection<GrantedAuthority> convert(Jwt token) {
        if (Tenants.named(token, tenant).isEmpty()) {
            return List.of();
        }
        return words(token.getClaims())
                .map(Role::named)
                .flatMap(Optional::stream)
                .distinct()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
                .toList();
    }

    private Stream<String> words(Map<String, Object> claims) {
        @Nullable Object value = claims;
        for (String name : place) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return switch (value) {
            case String words -> Arrays.stream(words.split(" "));
            case Collection<?> list ->
                list.stream().filter(String.class::isInstance).map(String.class::cast);
            case null, default -> Stream.empty();
        };
    }
}
