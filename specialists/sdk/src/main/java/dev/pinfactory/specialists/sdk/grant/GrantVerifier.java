package dev.pinfactory.specialists.sdk.grant;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Lets a call through only with a grant for exactly this call. The header has to be byte for byte ours: no other algorithm, no key in the header.
 * A grant may come again with the same request, which is what a retry does; with any other request it is refused.
 */
public final class GrantVerifier implements GrantCheck {
    /** Nothing that is signed here is longer; read no more of a stranger's. */
    private static final int MAX_BYTES = 64 * 1024;
    /** Clocks of machines on one site differ by less. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private final List<PublicKey> keys;
    private final Clock clock;

    /** @param keys more than one while keys are exchanged */
    public GrantVerifier(List<PublicKey> keys, Clock clock) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("at least one public key is needed");
        }
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    @Override
    public void check(byte[] grant, InferRequest request, String version) {
        if (grant.length == 0) {
            throw denied("the call carries no grant");
        }
        Grant signed = verify(grant);
        if (clock.instant().isAfter(signed.expiresAt().plus(CLOCK_SKEW))) {
            throw denied("the grant has expired");
        }
        if (!signed.covers(request, version)) {
            throw denied("the grant is for another call");
        }
    }

    private Grant verify(byte[] grant) {
        if (grant.length > MAX_BYTES) {
            throw denied("the grant is too long");
        }
        String[] parts = new String(grant, StandardCharsets.US_ASCII).split("\\.", -1);
        if (parts.length != 3) {
            throw denied("the grant is no compact JWS");
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            if (!header.equals(GrantSigner.HEADER) || !isSigned(signed, signature)) {
                throw denied("the grant's signature is not valid");
            }
            return GrantCodec.read(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            throw denied("the grant can't be read");
        }
    }

    private boolean isSigned(byte[] signed, byte[] signature) {
        return keys.stream().anyMatch(key -> isSigned(key, signed, signature));
    }

    private static boolean isSigned(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Of the wrong length or not on the curve: simply not a signature.
            return false;
        }
    }

    private static PinfactoryException denied(String reason) {
        return new PinfactoryException(ErrorCode.PERMISSION_DENIED, reason);
    }
}
