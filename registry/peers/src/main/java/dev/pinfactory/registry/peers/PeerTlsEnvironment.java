package dev.pinfactory.registry.peers;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * With {@code pinfactory.tls} a role's gRPC server wants a certificate of each caller: nobody can forget to say so. The orchestrator's callers come with tokens, so it
 * has {@code pinfactory.tls.server=false}.
 */
final class PeerTlsEnvironment implements EnvironmentPostProcessor, Ordered {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean configured =
                !environment.getProperty("pinfactory.tls.certificate", "").isBlank();
        if (configured && environment.getProperty("pinfactory.tls.server", Boolean.class, true)) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "pinfactory.tls",
                            Map.of(
                                    "spring.grpc.server.ssl.bundle",
                                    PeerTlsAutoConfiguration.BUNDLE,
                                    "spring.grpc.server.ssl.client-auth",
                                    "require")));
        }
    }

    /** After everything that reads settings. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
