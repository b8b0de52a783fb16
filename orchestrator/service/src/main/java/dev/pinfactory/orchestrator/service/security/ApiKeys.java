package dev.pinfactory.orchestrator.service.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The API keys of all tenants, in H2 or PostgreSQL, by the same SQL: {@code pf_<id>_<secret>}. Nothing is cached, so what is revoked is refused at the next
 * call. Safe for use by several threads.
 */
final class ApiKeys {
    /** What tells a key from a JWT, which begins with an encoded brace. */
    static final String PREFIX = "pf_";

    private static final Pattern FORM = Pattern.compile("pf_([0-9a-f]{20})_([A-Za-z0-9_-]{43})");
    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 32;
    private static final String COLUMNS = "id, tenant, name, roles, created_at, expires_at, revoked_at, digest";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A key that has just been made.
     *
     * @param text the whole key, which nobody can see again
     */
    record Created(ApiKey key, String text) {
        /** Without the secret, should somebody log it. */
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    private record Stored(ApiKey key, byte[] digest) {}

    Created create(String tenant, String name, Set<Role> roles, Optional<Instant> expires) {
        byte[] id = new byte[ID_BYTES];
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ApiKey key = new ApiKey(
                HexFormat.of().formatHex(id), tenant, name, roles, clock.instant(), expires, Optional.empty());
        jdbc.sql("""
                insert into api_key (id, tenant, name, roles, digest, created_at, expires_at)
                values (:id, :tenant, :name, :roles, :digest, :created, :expires)
                """)
                .param("id", key.id())
                .param("tenant", tenant)
                .param("name", name)
                .param("roles", roles.stream().map(Role::word).sorted().collect(Collectors.joining(" ")))
                .param("digest", digest(secret))
                .param("created", at(key.created()))
                .param("expires", expires.map(ApiKeys::at).orElse(null), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return new Created(key, PREFIX + key.id() + "_" + secret);
    }

    /** Whose key this is; empty when it is not exactly a good one. */
    Optional<ApiKey> authenticate(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return jdbc.sql("select " + COLUMNS + " from api_key where id = :id")
                .param("id", form.group(1))
                .query(ApiKeys::stored)
                .optional()
                .filter(stored -> MessageDigest.isEqual(stored.digest(), digest(form.group(2))))
                .map(Stored::key)
                .filter(key -> key.isGood(clock.instant()));
    }

    /** Newest first. */
    List<ApiKey> list(String tenant, int limit) {
        return jdbc
                .sql("select " + COLUMNS
                        + " from api_key where tenant = :tenant order by created_at desc, id limit :limit")
                .param("tenant", tenant)
                .param("limit", limit)
                .query(ApiKeys::stored)
                .list()
                .stream()
                .map(Stored::key)
                .toList();
    }

    /** For good; once more changes nothing. False when the tenant has no such key. */
    boolean revoke(String tenant, String id) {
        jdbc.sql("update api_key set revoked_at = :now where tenant = :tenant and id = :id and revoked_at is null")
                .param("now", at(clock.instant()))
                .param("tenant", tenant)
                .param("id", id)
                .update();
        return jdbc.sql("select count(*) from api_key where tenant = :tenant and id = :id")
                        .param("tenant", tenant)
                        .param("id", id)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /** Forgets those of a tenant that ended before. */
    void forget(String tenant, Instant before) {
        jdbc.sql("delete from api_key where tenant = :tenant and (revoked_at < :before or expires_at < :before)")
                .param("tenant", tenant)
                .param("before", at(before))
                .update();
    }

    /** A slow hash protects words that people think up. Nobody can try out 256 random bits, however fast the hash is. */
    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        Set<Role> roles = Arrays.stream(row.getString("roles").split(" "))
                .map(Role::named)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("name"),
                roles,
                row.getTimestamp("created_at").toInstant(),
                time(row.getTimestamp("expires_at")),
                time(row.getTimestamp("revoked_at")));
        return new Stored(key, row.getBytes("digest"));
    }

    private static Optional<Instant> time(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
