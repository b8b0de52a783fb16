package dev.pinfactory.faults.security.parser;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.grant.GrantVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Grants of strangers, and claims that are signed all the same: what begins with a brace. */
final class GrantReading {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys = GrantKeys.generate();
    private final GrantVerifier verifier = new GrantVerifier(List.of(keys.getPublic()), Clock.systemUTC());
    private final String header = header();

    void read(byte[] input) throws GeneralSecurityException {
        byte[] grant = input.length > 0 && input[0] == '{' ? signed(input) : input;
        try {
            verifier.check(grant, InferRequest.getDefaultInstance(), "1.0.0");
        } catch (PinfactoryException e) {
            // Declared.
        }
    }

    private byte[] signed(byte[] claims) throws GeneralSecurityException {
        String content = header + "." + BASE64.encodeToString(claims);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return (content + "." + BASE64.encodeToString(signature.sign())).getBytes(StandardCharsets.US_ASCII);
    }

    private String header() {
        Grant any = new Grant("t", "s", OptionalInt.empty(), "a", "echo", "1.0.0", Map.of(), "", Instant.EPOCH);
        String token = new String(new GrantSigner(keys.getPrivate()).sign(any), StandardCharsets.US_ASCII);
        return token.substring(0, token.indexOf('.'));
    }
}
