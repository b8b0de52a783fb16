package dev.pinfactory.orchestrator.service.security;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.CreateApiKeyResponse;
import dev.pinfactory.proto.v1.ListApiKeysResponse;
import dev.pinfactory.proto.v1.NewApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Makes, lists and revokes the API keys of the caller's tenant. */
public final class ApiKeyService {
    private static final int MAX_KEYS = 1_000;
    private static final int MAX_NAME = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3_653);
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final ApiKeys keys;
    private final Tenants tenants;
    private final Clock clock;

    ApiKeyService(ApiKeys keys, Tenants tenants, Clock clock) {
        this.keys = keys;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @throws PinfactoryException INVALID_ARGUMENT, PERMISSION_DENIED for roles that the caller has not, FAILED_PRECONDITION without authentication or with too many keys */
    public CreateApiKeyResponse create(NewApiKey wanted) {
        String tenant = tenants.current();
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || !caller.isAuthenticated()) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION,
                    "API keys need an issuer: without one every caller on this machine is let in, and a key would say nothing");
        }
        if (ApiKeyDecoder.isKey(caller)) {
            throw new PinfactoryException(
                    ErrorCode.PERMISSION_DENIED, "an API key makes no API keys; call with a token of the issuer");
        }
        Set<Role> roles = roles(wanted);
        Set<Role> held = held(caller);
        if (!held.containsAll(roles)) {
            throw new PinfactoryException(
                    ErrorCode.PERMISSION_DENIED, "a key can have the roles of its maker alone: " + words(held));
        }
        Optional<Instant> expires = expires(wanted);
        keys.forget(tenant, clock.instant().minus(REMEMBERED));
        if (keys.list(tenant, MAX_KEYS).size() == MAX_KEYS) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION, "this tenant has " + MAX_KEYS + " API keys, which is the most");
        }
        ApiKeys.Created created = keys.create(tenant, wanted.getName(), roles, expires);
        return CreateApiKeyResponse.newBuilder()
                .setKey(shown(created.key()))
                .setSecret(created.text())
                .build();
    }

    public ListApiKeysResponse list() {
        return ListApiKeysResponse.newBuilder()
                .addAllKeys(keys.list(tenants.current(), MAX_KEYS).stream()
                        .map(ApiKeyService::shown)
                        .toList())
                .build();
    }

    /** @throws PinfactoryException NOT_FOUND */
    public void revoke(String id) {
        if (!keys.revoke(tenants.current(), id)) {
            throw new PinfactoryException(ErrorCode.NOT_FOUND, "there is no such API key");
        }
    }

    private static Set<Role> roles(NewApiKey wanted) {
        String name = wanted.getName();
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "key.name", "expected 1 to " + MAX_NAME + " characters on one line");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : wanted.getRolesList()) {
            roles.add(Role.named(word).orElseThrow(ApiKeyService::noRole));
        }
        if (roles.isEmpty()) {
            throw noRole();
        }
        return roles;
    }

    private static PinfactoryException noRole() {
        return PinfactoryException.of(
                ErrorCode.INVALID_ARGUMENT, "key.roles", "expected one or more of " + words(EnumSet.allOf(Role.class)));
    }

    private Optional<Instant> expires(NewApiKey wanted) {
        if (!wanted.hasExpiresAfter()) {
            return Optional.empty();
        }
        boolean valid = Durations.isValid(wanted.getExpiresAfter());
        Duration after = Duration.ofSeconds(valid ? wanted.getExpiresAfter().getSeconds() : 0);
        if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "key.expires_after", "expected one minute to ten years");
        }
        return Optional.of(clock.instant().plus(after));
    }

    private static Set<Role> held(Authentication caller) {
        Set<String> authorities = caller.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return Stream.of(Role.values())
                .filter(role -> authorities.contains(role.authority()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private static String words(Set<Role> roles) {
        return roles.stream().map(Role::word).collect(Collectors.joining(", "));
    }

    private static dev.pinfactory.proto.v1.ApiKey shown(ApiKey key) {
        dev.pinfactory.proto.v1.ApiKey.Builder shown = dev.pinfactory.proto.v1.ApiKey.newBuilder()
                .setId(key.id())
                .setName(key.name())
                .addAllRoles(key.roles().stream().map(Role::word).sorted().toList())
                .setCreatedAt(time(key.created()));
        key.expires().ifPresent(at -> shown.setExpiresAt(time(at)));
        key.revoked().ifPresent(at -> shown.setRevokedAt(time(at)));
        return shown.build();
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }
}
