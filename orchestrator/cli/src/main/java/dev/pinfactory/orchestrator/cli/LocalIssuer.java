package dev.pinfactory.orchestrator.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * An issuer of tokens for the swarm of this machine: a key pair in the data directory, whose private half its owner alone may read. For development; others have an
 * issuer of their own.
 */
final class LocalIssuer {
    private static final String NAME = "pinfactory-local";
    private static final int KEY_BITS = 2048;
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path publicKeys;
    private final RSAKey key;

    private LocalIssuer(Path publicKeys, RSAKey key) {
        this.publicKeys = publicKeys;
        this.key = key;
    }

    /** The one of this data directory; made at the first time. */
    static LocalIssuer in(Path data) {
        Path folder = data.resolve("issuer");
        Path file = folder.resolve("key.json");
        try {
            Files.createDirectories(folder, OWNERS_FOLDER);
            if (!Files.exists(file)) {
                write(
                        file,
                        new RSAKeyGenerator(KEY_BITS)
                                .keyIDFromThumbprint(true)
                                .generate()
                                .toJSONString());
            }
            RSAKey key = RSAKey.parse(Files.readString(file));
            Path publicKeys = folder.resolve("public.json");
            write(publicKeys, new JWKSet(key.toPublicJWK()).toString());
            return new LocalIssuer(publicKeys, key);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the issuer's keys in " + folder, e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(file + " is no key; remove it, and a new one is made", e);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Path whole = Files.createTempFile(file.getParent(), "key", ".tmp", OWNERS_FILE);
        Files.writeString(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What makes an orchestrator trust it. */
    List<String> properties() {
        return List.of(
                "pinfactory.orchestrator.authentication.jwk-set-file=" + publicKeys,
                "pinfactory.orchestrator.authentication.issuer=" + NAME);
    }

    String token(String tenant, List<String> roles, Duration valid) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .claim("tenant", tenant)
                .claim("roles", roles)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(valid)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key can't sign", e);
        }
        return token.serialize();
    }
}
