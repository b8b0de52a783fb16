package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {
    @TempDir
    Path data;

    @Test
    void itsTokensAreSignedByTheKeyThatIsPublished() throws Exception {
        LocalIssuer issuer = LocalIssuer.in(data);
        SignedJWT token = SignedJWT.parse(issuer.token("acme", List.of("caller", "reviewer"), Duration.ofMinutes(5)));
        Path keys = Path.of(issuer.properties().getFirst().replaceFirst(".*=", ""));
        JWKSet published = JWKSet.load(keys.toFile());
        assertThat(token.verify(new RSASSAVerifier(
                        published.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(published.toString()).isEqualTo(published.toPublicJWKSet().toString());
        assertThat(token.getJWTClaimsSet().getStringClaim("tenant")).isEqualTo("acme");
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("caller", "reviewer");
        assertThat(token.getJWTClaimsSet().getExpirationTime().getTime()
                        - token.getJWTClaimsSet().getIssueTime().getTime())
                .isEqualTo(300_000);
    }

    @Test
    void theKeyIsTheOwnersAloneAndStays() throws Exception {
        LocalIssuer first = LocalIssuer.in(data);
        Path key = data.resolve("issuer/key.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
                .isEqualTo("rwx------");
        String before = Files.readString(key);
        assertThat(LocalIssuer.in(data).properties()).isEqualTo(first.properties());
        assertThat(Files.readString(key)).isEqualTo(before);
    }

    @Test
    void whatIsNoKeyIsNamed() throws Exception {
        LocalIssuer.in(data);
        Files.writeString(data.resolve("issuer/key.json"), "{}");
        assertThatThrownBy(() -> LocalIssuer.in(data)).hasMessageContaining("key.json is no key");
    }
}
