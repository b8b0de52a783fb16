package dev.pinfactory.router.service;

import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The router as a process of its own, or as one context beside others. */
@SpringBootApplication
public class RouterApplication {
    static final String PORT = "spring.grpc.server.port";
    private static final int DEFAULT_PORT = 9102;

    /** Not for instances. */
    RouterApplication() {}

    public static void main(String[] arguments) {
        builder().web(WebApplicationType.SERVLET).run(arguments);
    }

    /** The router without a web server; as a process of its own it has one, for health and metrics. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(RouterApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=pinfactory-router")
                .initializers(RouterApplication::completeSettings);
    }

    private static void completeSettings(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.containsProperty(PORT) && !environment.containsProperty("spring.grpc.server.inprocess.name")) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("routerDefaults", Map.of(PORT, DEFAULT_PORT)));
        }
    }
}
