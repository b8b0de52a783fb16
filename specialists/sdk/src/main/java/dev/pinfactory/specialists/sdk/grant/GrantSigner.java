package dev.pinfactory.specialists.sdk.grant;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Signs grants as compact JWS with Ed25519 (RFC 8037). Thread-safe. */
public final class GrantSigner {
    static final String HEADER = "{\"alg\":\"EdDSA\",\"typ\":\"pinfactory-grant\"}";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String ENCODED_HEADER = BASE64.encodeToString(HEADER.getBytes(StandardCharsets.UTF_8));

    private final PrivateKey key;

    public GrantSigner(PrivateKey key) {
        this.key = key;
    }

    /** What goes into the metadata key {@code pinfactory-grant-bin}. */
    public byte[] sign(Grant grant) {
        String signed = ENCODED_HEADER + "." + BASE64.encodeToString(GrantCodec.write(grant));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return (signed + "." + BASE64.encodeToString(signature.sign())).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key can't sign with Ed25519", e);
        }
    }
}
