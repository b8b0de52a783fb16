package dev.pinfactory.faults.identity;

import static dev.pinfactory.faults.identity.TokenIssuer.claims;
import static dev.pinfactory.faults.identity.TokenIssuer.sign;

import com.google.protobuf.Duration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.CreateApiKeyResponse;
import dev.pinfactory.proto.v1.NewApiKey;
import dev.pinfactory.proto.v1.RevokeApiKeyRequest;
import dev.pinfactory.proto.v1.SwarmServiceGrpc.SwarmServiceBlockingStub;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tokens that nobody may be let in with, after RFC 8725 and the lists of OWASP. */
final class BadTokens {
    static final String TENANT = "acme";
    private static final Duration SHORTEST =
            Duration.newBuilder().setSeconds(60).build();

    /** Characters of what is secret in a key. */
    private static final int SECRET = 43;

    private final TokenIssuer issuer;
    private final Map<String, List<String>> kinds = new LinkedHashMap<>();

    private BadTokens(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** Values of the Authorization header by what is wrong with them; none, or several, where that is what is wrong. */
    static Map<String, List<String>> of(TokenIssuer issuer) {
        BadTokens bad = new BadTokens(issuer);
        bad.headers();
        bad.times();
        bad.issuers();
        bad.signatures();
        bad.keysOfItsOwn();
        bad.shapes();
        bad.claimsOfNobody();
        return bad.kinds;
    }

    /**
     * API keys that are none any more, or never were; one of them ends a minute after this.
     *
     * @param stub of a caller who may make keys
     */
    static Map<String, List<String>> keys(SwarmServiceBlockingStub stub) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        String good = create(stub, "good").getSecret();
        String other = create(stub, "other").getSecret();
        CreateApiKeyResponse revoked = create(stub, "revoked");
        stub.revokeApiKey(RevokeApiKeyRequest.newBuilder()
                .setKeyId(revoked.getKey().getId())
                .build());
        String id = good.substring(0, good.length() - SECRET);
        Map.ofEntries(
                        Map.entry("a revoked key", revoked.getSecret()),
                        Map.entry("an expired key", create(stub, "old").getSecret()),
                        Map.entry("a key of nobody", "pf_00000000000000000000_" + good.substring(id.length())),
                        Map.entry("a key with another's secret", id + other.substring(id.length())),
                        Map.entry("a key without its secret", id),
                        Map.entry("a cut key", good.substring(0, good.length() - 1)),
                        Map.entry("a key and more", good + "A"),
                        Map.entry("a key in capitals", good.toUpperCase(Locale.ROOT)),
                        Map.entry("a key with dots", good.replace('_', '.')),
                        Map.entry("a key behind a blank", " " + good),
                        Map.entry("two keys", good + " " + other))
                .forEach((what, token) -> kinds.put(what, List.of("Bearer " + token)));
        kinds.put("a good key without its scheme", List.of(good));
        kinds.put("a good key under another scheme", List.of("Basic " + good));
        kinds.put("two headers with good keys", List.of("Bearer " + good, "Bearer " + good));
        return kinds;
    }

    private static CreateApiKeyResponse create(SwarmServiceBlockingStub stub, String name) {
        NewApiKey.Builder key =
                NewApiKey.newBuilder().setName(name).addAllRoles(List.of("caller", "platform", "operator"));
        if (name.equals("old")) {
            key.setExpiresAfter(SHORTEST);
        }
        return stub.createApiKey(CreateApiKeyRequest.newBuilder().setKey(key).build());
    }

    private void add(String what, String token) {
        kinds.put(what, List.of("Bearer " + token));
    }

    private String good() {
        return sign(claims(TENANT).build(), issuer.key());
    }

    private void headers() {
        String good = "Bearer " + good();
        kinds.put("no token", List.of());
        kinds.put("an empty header", List.of(""));
        kinds.put("a scheme without a token", List.of("Bearer "));
        kinds.put("another scheme", List.of("Basic YWRtaW46YWRtaW4="));
        kinds.put("a good token without its scheme", List.of(good()));
        kinds.put("a good token under another scheme", List.of("Token " + good()));
        kinds.put("two headers, both good", List.of(good, good));
        kinds.put("two headers, the first good", List.of(good, "Bearer nonsense"));
        kinds.put("two headers, the second good", List.of("Bearer nonsense", good));
        kinds.put("two tokens in one header", List.of(good + ", " + good));
        kinds.put("a good token and something after it", List.of(good + " x"));
    }

    private void times() {
        Instant now = Instant.now();
        add(
                "expired",
                sign(
                        claims(TENANT)
                                .expirationTime(Date.from(now.minusSeconds(600)))
                                .build(),
                        issuer.key()));
        add(
                "expired by more than the skew",
                sign(
                        claims(TENANT)
                                .expirationTime(Date.from(now.minusSeconds(62)))
                                .build(),
                        issuer.key()));
        add("without expiry", sign(claims(TENANT).expirationTime(null).build(), issuer.key()));
        add("expires in no number", sign(claims(TENANT).claim("exp", "tomorrow").build(), issuer.key()));
        add(
                "expired before the epoch",
                sign(claims(TENANT).expirationTime(new Date(-1_000)).build(), issuer.key()));
        add(
                "not yet valid",
                sign(
                        claims(TENANT)
                                .notBeforeTime(Date.from(now.plusSeconds(120)))
                                .build(),
                        issuer.key()));
    }

    private void issuers() {
        add(
                "another issuer",
                sign(claims(TENANT).issuer("https://other.example").build(), issuer.key()));
        add(
                "nearly the issuer",
                sign(claims(TENANT).issuer(TokenIssuer.NAME + "/").build(), issuer.key()));
        add("no issuer", sign(claims(TENANT).issuer(null).build(), issuer.key()));
        add("another audience", sign(claims(TENANT).audience("others").build(), issuer.key()));
        add("no audience", sign(claims(TENANT).audience((String) null).build(), issuer.key()));
    }

    private void signatures() {
        String[] parts = good().split("\\.");
        String other = sign(claims("other").build(), issuer.key()).split("\\.")[2];
        RSAKey foreign = TokenIssuer.key(issuer.key().getKeyID());
        add("signed by another key of the same name", sign(claims(TENANT).build(), foreign));
        add("signed by a key that nobody knows", sign(claims(TENANT).build(), TokenIssuer.key("unknown")));
        add("signed by a key with a path for a name", sign(claims(TENANT).build(), TokenIssuer.key("../../dev/null")));
        add(
                "a key without a name",
                sign(new JWSHeader(JWSAlgorithm.RS256), claims(TENANT).build(), foreign));
        add("no signature", parts[0] + "." + parts[1] + ".");
        add("half a signature", parts[0] + "." + parts[1] + "." + parts[2].substring(0, parts[2].length() / 2));
        add("the signature of another token", parts[0] + "." + parts[1] + "." + other);
        add(
                "another payload",
                parts[0] + "." + Base64URL.encode(claims("other").build().toString()) + "." + parts[2]);
        add("algorithm none", new PlainJWT(claims(TENANT).build()).serialize());
        add("algorithm nOnE", Base64URL.encode("{\"alg\":\"nOnE\"}") + "." + parts[1] + ".");
        add(
                "algorithm none with a signature",
                Base64URL.encode("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
        add(
                "an algorithm that is not allowed",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build(),
                        claims(TENANT).build(),
                        issuer.key()));
        try {
            add(
                    "HS256 with the public key's bytes",
                    mac(issuer.key().toPublicKey().getEncoded()));
            add(
                    "HS256 with the public key as text",
                    mac(issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
            add("HS256 with the modulus", mac(issuer.key().getModulus().decode()));
            SignedJWT curve = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                    claims(TENANT).build());
            curve.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
            add("another kind of key", curve.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mac(byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(),
                claims(TENANT).build());
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    /** A header must not say where the key is. */
    private void keysOfItsOwn() {
        RSAKey own = TokenIssuer.key("own");
        URI elsewhere = URI.create(issuer.baseUrl() + "/elsewhere");
        JWTClaimsSet claims = claims(TENANT).build();
        add(
                "a key in its header",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwk(own.toPublicJWK())
                                .build(),
                        claims,
                        own));
        add(
                "a key in its header under a known name",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("one")
                                .jwk(own.toPublicJWK())
                                .build(),
                        claims,
                        own));
        add(
                "keys at an address in its header",
                sign(new JWSHeader.Builder(JWSAlgorithm.RS256).jwkURL(elsewhere).build(), claims, own));
        add(
                "a certificate at an address in its header",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .x509CertURL(elsewhere)
                                .build(),
                        claims,
                        own));
        add(
                "a certificate in its header",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .x509CertChain(List.of(Base64.encode("no certificate")))
                                .build(),
                        claims,
                        own));
        add(
                "an extension that has to be understood",
                sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("one")
                                .criticalParams(Set.of("x"))
                                .customParam("x", 1)
                                .build(),
                        claims,
                        issuer.key()));
    }

    private void shapes() {
        String[] parts = good().split("\\.");
        add("no token at all", "nonsense");
        add("two parts", parts[0] + "." + parts[1]);
        add("four parts", good() + "." + parts[2]);
        add("five parts, as if encrypted", good() + "." + parts[1] + "." + parts[2]);
        add("only dots", "..");
        add("a header that is no JSON", Base64URL.encode("no") + "." + parts[1] + "." + parts[2]);
        add("a payload that is no JSON", parts[0] + "." + Base64URL.encode("no") + "." + parts[2]);
        add("a line break inside", parts[0] + "%0a." + parts[1] + "." + parts[2]);
    }

    private void claimsOfNobody() {
        add("no tenant", sign(claims(TENANT).claim("tenant", null).build(), issuer.key()));
        add("a blank tenant", sign(claims("").build(), issuer.key()));
        add("a tenant with a line break", sign(claims("acme\nother").build(), issuer.key()));
        add(
                "a tenant that is a list",
                sign(claims(TENANT).claim("tenant", List.of("acme", "other")).build(), issuer.key()));
        add("a tenant that is too long", sign(claims("a".repeat(200)).build(), issuer.key()));
        add("no role", sign(claims(TENANT).claim("roles", null).build(), issuer.key()));
        add(
                "a role that there is not",
                sign(claims(TENANT).claim("roles", List.of("admin", "CALLER")).build(), issuer.key()));
        add(
                "roles elsewhere",
                sign(
                        claims(TENANT)
                                .claim("roles", null)
                                .claim("scope", "caller operator platform reviewer")
                                .build(),
                        issuer.key()));
    }
}
