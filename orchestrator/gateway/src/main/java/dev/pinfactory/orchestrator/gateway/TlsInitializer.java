package dev.pinfactory.orchestrator.gateway;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Chooses the gateway's certificate: the one that is configured ({@code pinfactory.gateway.certificate} and {@code .private-key}, PEM
 * files), or, on loopback, one made for development. Any other address without a certificate refuses to start.
 */
final class TlsInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String certificate = environment.getProperty("pinfactory.gateway.certificate", "");
        String privateKey = environment.getProperty("pinfactory.gateway.private-key", "");
        Map<String, Object> properties = new HashMap<>();
        if (!certificate.isEmpty() && !privateKey.isEmpty()) {
            properties.put(
                    "spring.ssl.bundle.pem.gateway.keystore.certificate",
                    Path.of(certificate).toUri().toString());
            properties.put(
                    "spring.ssl.bundle.pem.gateway.keystore.private-key",
                    Path.of(privateKey).toUri().toString());
            properties.put("spring.ssl.bundle.pem.gateway.reload-on-update", true);
        } else if (isLoopback(environment.getProperty("server.address", ""))) {
            Path data = Path.of(environment.getProperty("pinfactory.data-dir", ".pinfactory"));
            DevelopmentCertificate made = DevelopmentCertificate.in(data.resolve("tls"));
            properties.put("spring.ssl.bundle.jks.gateway.keystore.type", "PKCS12");
            properties.put(
                    "spring.ssl.bundle.jks.gateway.keystore.location",
                    made.keyStore().toUri().toString());
            properties.put("spring.ssl.bundle.jks.gateway.keystore.password", made.password());
        } else {
            throw new IllegalStateException("the gateway listens on " + environment.getProperty("server.address")
                    + " and has no certificate: set pinfactory.gateway.certificate and pinfactory.gateway.private-key");
        }
        properties.put("server.ssl.bundle", "gateway");
        environment.getPropertySources().addFirst(new MapPropertySource("pinfactory-tls", properties));
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
