package dev.pinfactory.orchestrator.service;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;

/** The orchestrator: REST on 8080, gRPC on 9090. */
@SpringBootApplication(
        proxyBeanMethods = false,
        // Who may call is decided in SecurityConfiguration alone.
        exclude = {UserDetailsServiceAutoConfiguration.class, OAuth2ResourceServerAutoConfiguration.class})
@EnableConfigurationProperties(OrchestratorProperties.class)
public class OrchestratorApplication {
    public static void main(String[] args) {
        builder().run(args);
    }

    /** A context of its own, also beside other roles in one process. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(OrchestratorApplication.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "spring.config.name=pinfactory-orchestrator",
                        "spring.application.name=pinfactory-orchestrator",
                        "spring.jmx.enabled=false");
    }
}
