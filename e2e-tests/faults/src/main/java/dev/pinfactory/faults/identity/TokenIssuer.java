package dev.pinfactory.faults.identity;

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
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An issuer of tokens: keys behind a web server, which remembers what it was asked for, and what it signs with them. Thread-safe. */
final class TokenIssuer implements AutoCloseable {
    /** What stands in its tokens. */
    static final String NAME = "https://issuer.example";

    static final String AUDIENCE = "pinfactory";
    private static final String KEYS = "/keys";
    private static final int KEY_BITS = 2048;

    private final HttpServer server;
    private final RSAKey key = key("one");
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private volatile byte[] published = {};

    TokenIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publish(List.of(key));
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) {
        asked.add(exchange.getRequestURI().getPath());
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, published.length);
            exchange.getResponseBody().write(published);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key of nobody's. */
    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(KEY_BITS).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on these are its keys. */
    void publish(List<RSAKey> keys) {
        published = new JWKSet(keys.stream().<JWK>map(RSAKey::toPublicJWK).toList())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The one it begins with. */
    RSAKey key() {
        return key;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked for, and nobody should have asked it for. */
    Set<String> askedElsewhere() {
        Set<String> elsewhere = ConcurrentHashMap.newKeySet();
        elsewhere.addAll(asked);
        elsewhere.remove(KEYS);
        return elsewhere;
    }

    /** What makes an orchestrator trust it. */
    List<String> properties() {
        return List.of(
                "pinfactory.orchestrator.authentication.jwk-set-uri=" + baseUrl() + KEYS,
                "pinfactory.orchestrator.authentication.issuer=" + NAME);
    }

    /** Of a good token for everything. */
    static JWTClaimsSet.Builder claims(String tenant) {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject("somebody")
                .audience(AUDIENCE)
                .claim("tenant", tenant)
                .claim("roles", List.of("caller", "reviewer", "platform", "operator", "learner"))
                .expirationTime(Date.from(Instant.now().plusSeconds(900)));
    }

    /** A good token for everything. */
    String token(String tenant) {
        return sign(claims(tenant).build(), key);
    }

    static String sign(JWTClaimsSet claims, RSAKey signer) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(signer.getKeyID())
                        .build(),
                claims,
                signer);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey signer) {
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
        server.stop(0);
    }
}
