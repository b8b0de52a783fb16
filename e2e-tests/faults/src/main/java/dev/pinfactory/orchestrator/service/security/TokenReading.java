package dev.pinfactory.orchestrator.service.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.pinfactory.orchestrator.service.OrchestratorProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens and API keys as the door reads them. In this package to get at what is not public. */
public final class TokenReading {
    private final JwtDecoder decoder;
    private final TokenRoles roles;
    private final ECKey issuer;
    private final String goodKey;

    private TokenReading() throws IOException, JOSEException {
        issuer = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        Path file = Files.createTempFile("keys", ".json");
        Files.writeString(file, new JWKSet(issuer.toPublicJWK()).toString());
        OrchestratorProperties properties = new Binder(new MapConfigurationPropertySource(Map.of(
                        "pinfactory.orchestrator.authentication.jwk-set-file",
                        file.toString(),
                        "pinfactory.orchestrator.authentication.issuer",
                        "https://issuer")))
                .bindOrCreate("pinfactory.orchestrator", OrchestratorProperties.class);
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(
                "jdbc:h2:mem:keys;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/orchestrator")
                .load()
                .migrate();
        ApiKeys keys = new ApiKeys(JdbcClient.create(database), Clock.systemUTC());
        goodKey = keys.create("a", "key", Set.of(Role.CALLER), Optional.empty()).text();
        decoder = new SecurityConfiguration().jwtDecoder(properties, keys);
        roles = new TokenRoles("realm_access.roles", "tenant");
        Files.delete(file);
    }

    private static final class Shared {
        static final TokenReading READING = make();

        private static TokenReading make() {
            try {
                return new TokenReading();
            } catch (IOException | JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The one of this process, made when it is first asked for. */
    public static TokenReading shared() {
        return Shared.READING;
    }

    /** Tokens of strangers, and claims that are signed all the same: what begins with a brace. */
    public void readToken(byte[] input) throws JOSEException {
        decode(input.length > 0 && input[0] == '{' ? signed(input) : text(input));
    }

    /** Any text after the prefix of keys; after a slash, as the secret of a key that there is. */
    public void readKey(byte[] input) {
        String text = text(input);
        decode(
                text.startsWith("/")
                        ? goodKey.substring(0, goodKey.lastIndexOf('_') + 1) + text.substring(1)
                        : ApiKeys.PREFIX + text);
    }

    private void decode(String token) {
        try {
            roles.convert(decoder.decode(token));
        } catch (JwtException e) {
            // Declared.
        }
    }

    private String signed(byte[] claims) throws JOSEException {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(), new Payload(claims));
        token.sign(new ECDSASigner(issuer));
        return token.serialize();
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
