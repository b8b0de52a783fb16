package dev.pinfactory.orchestrator.service.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer of tokens: keys behind a web server, and what it signs with them. */
public final class TestingIssuer implements AutoCloseable {
    /** What stands in its tokens. */
    public static final String NAME = "https://issuer.example";

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));
    private final RSAKey key = key("one");
    private final int slowMillis;

    /** @param slowMillis before it answers */
    public TestingIssuer(int slowMillis) {
        this.slowMillis = slowMillis;
        server.start();
        publish(List.of(key));
    }

    /** A key of nobody's. */
    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on these are its keys. */
    public void publish(List<RSAKey> keys) {
        JWKSet set = new JWKSet(keys.stream().<JWK>map(RSAKey::toPublicJWK).toList());
        server.stubFor(get("/keys").willReturn(okJson(set.toString()).withFixedDelay(slowMillis)));
    }

    /** The one it begins with. */
    public RSAKey key() {
        return key;
    }

    public WireMockServer server() {
        return server;
    }

    /** What makes an orchestrator trust it and listen to everybody. */
    public String[] properties() {
        return new String[] {
            "pinfactory.orchestrator.authentication.jwk-set-uri=" + server.baseUrl() + "/keys",
            "pinfactory.orchestrator.authentication.issuer=" + NAME,
            "server.address=0.0.0.0",
            "spring.grpc.server.address=0.0.0.0"
        };
    }

    /** Of a good token for everything. */
    public static JWTClaimsSet.Builder claims(String tenant) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject("somebody")
                .audience("pinfactory")
                .claim("tenant", tenant)
                .claim("roles", List.of("caller", "platform", "operator"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    public static String sign(JWTClaimsSet claims, RSAKey signer) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(signer.getKeyID())
                        .build(),
                claims,
                signer);
    }

    public static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
