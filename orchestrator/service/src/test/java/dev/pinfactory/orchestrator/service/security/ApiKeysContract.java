package dev.pinfactory.orchestrator.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What holds for the API keys in every database. */
abstract class ApiKeysContract {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final String tenant = "tenant-" + UUID.randomUUID();
    private JdbcClient jdbc;
    private ApiKeys keys;

    abstract DataSource dataSource();

    @BeforeEach
    void open() {
        Flyway.configure()
                .dataSource(dataSource())
                .locations("classpath:db/orchestrator")
                .load()
                .migrate();
        jdbc = JdbcClient.create(dataSource());
        keys = at(now);
    }

    private ApiKeys at(Instant time) {
        return new ApiKeys(jdbc, Clock.fixed(time, ZoneOffset.UTC));
    }

    private ApiKeys.Created create(Optional<Instant> expires) {
        return keys.create(tenant, "a client", EnumSet.of(Role.CALLER, Role.REVIEWER), expires);
    }

    @Test
    void aKeyIsGoodForItsTenantAndRoles() {
        ApiKeys.Created created = create(Optional.of(now.plusSeconds(60)));
        assertThat(keys.authenticate(created.text())).contains(created.key());
        assertThat(keys.list(tenant, 10)).containsExactly(created.key());
        assertThat(keys.list("other", 10)).isEmpty();
    }

    @Test
    void whatIsNotExactlyTheKeyIsRefused() {
        String good = create(Optional.empty()).text();
        String other = create(Optional.empty()).text();
        String id = good.substring(0, 24);
        String secret = good.substring(24);
        String first = (secret.charAt(0) == 'A' ? "B" : "A") + secret.substring(1);
        assertThat(List.of(
                        "",
                        "pf_",
                        id,
                        id + other.substring(24),
                        other.substring(0, 24) + secret,
                        id + first,
                        "pf_00000000000000000000_" + secret,
                        good.substring(0, good.length() - 1),
                        good + "A",
                        good.toUpperCase(Locale.ROOT),
                        good.toLowerCase(Locale.ROOT),
                        " " + good,
                        good + " ",
                        good + "\n",
                        "PF_" + good.substring(3),
                        good.replaceFirst("_", "-"),
                        good + "=",
                        "pf_%_" + secret))
                .allSatisfy(text -> assertThat(keys.authenticate(text)).isEmpty());
        assertThat(keys.authenticate(good)).isPresent();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceAndStaysRevoked() {
        ApiKeys.Created created = create(Optional.empty());
        assertThat(keys.revoke("other", created.key().id())).isFalse();
        assertThat(keys.authenticate(created.text())).isPresent();
        assertThat(keys.revoke(tenant, created.key().id())).isTrue();
        assertThat(keys.authenticate(created.text())).isEmpty();
        assertThat(at(now.plusSeconds(9)).revoke(tenant, created.key().id())).isTrue();
        assertThat(keys.list(tenant, 10).getFirst().revoked()).contains(now);
        assertThat(keys.revoke(tenant, "nothing")).isFalse();
    }

    @Test
    void anExpiredKeyIsRefused() {
        Instant expires = now.plus(Duration.ofDays(1));
        String text = create(Optional.of(expires)).text();
        assertThat(at(expires.minusMillis(1)).authenticate(text)).isPresent();
        assertThat(at(expires).authenticate(text)).isEmpty();
    }

    @Test
    void noColumnHasTheSecret() {
        ApiKeys.Created created = create(Optional.empty());
        String secret = created.text().substring(24);
        Map<String, Object> row = jdbc.sql("select * from api_key where id = :id")
                .param("id", created.key().id())
                .query()
                .singleRow();
        assertThat(row).hasSizeGreaterThanOrEqualTo(7);
        assertThat(row.values()).allSatisfy(value -> {
            String text = value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                            + HexFormat.of().formatHex(bytes)
                    : String.valueOf(value);
            assertThat(text).doesNotContain(secret);
        });
        assertThat(created.toString()).contains(created.key().id()).doesNotContain(secret);
    }
}
