package dev.pinfactory.registry.peers;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mutual TLS of this process with the other roles.
 *
 * @param certificate PEM: its own, followed by those between it and an authority; without one connections are plain text
 * @param privateKey PEM, PKCS 8
 * @param authorities PEM: whose certificates are trusted
 * @param trustDomain what comes after {@code spiffe://} in all certificates
 * @param server whether its gRPC server wants a certificate of each caller; the orchestrator's does not, its callers have tokens
 * @param reload how often is looked whether the files have changed
 */
@ConfigurationProperties("pinfactory.tls")
record PeerTlsProperties(
        Path certificate,
        Path privateKey,
        Path authorities,
        String trustDomain,
        @DefaultValue("true") boolean server,
        @DefaultValue("10s") Duration reload) {
    PeerTlsProperties {
        require("certificate", certificate);
        require("private-key", privateKey);
        require("authorities", authorities);
        require("trust-domain", trustDomain);
        if (reload.toMillis() < 100) {
            throw new IllegalArgumentException("pinfactory.tls.reload is " + reload + ", expected 100ms or more");
        }
    }

    @SuppressWarnings("ConstantValue") // What is not configured is bound as null.
    private static void require(String setting, Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("pinfactory.tls." + setting
                    + " is missing: certificate, private-key, authorities and trust-domain belong together");
        }
    }
}
