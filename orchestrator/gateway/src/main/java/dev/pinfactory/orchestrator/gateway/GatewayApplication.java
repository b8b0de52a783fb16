package dev.pinfactory.orchestrator.gateway;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The public edge of a swarm of several processes: REST, server-sent events and gRPC on one TLS port. */
@SpringBootApplication
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayApplication {
    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(GatewayApplication.class)
                .web(WebApplicationType.REACTIVE)
                .properties("spring.config.name=pinfactory-gateway", "spring.main.banner-mode=off")
                .initializers(new TlsInitializer());
    }
}
