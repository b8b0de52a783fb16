package dev.pinfactory.registry.service;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The registry as a process of its own, or as one context beside others. */
@SpringBootApplication
public class RegistryApplication {
    private static final String URL = "spring.datasource.url";
    static final String PORT = "spring.grpc.server.port";
    private static final int DEFAULT_PORT = 9101;

    /** Not for instances. */
    RegistryApplication() {}

    public static void main(String[] arguments) {
        builder().web(WebApplicationType.SERVLET).run(arguments);
    }

    /** The registry without a web server; as a process of its own it has one, for health and metrics. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(RegistryApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.config.name=pinfactory-registry")
                .initializers(RegistryApplication::completeSettings);
    }

    private static void completeSettings(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Map<String, Object> defaults = new HashMap<>();
        if (!environment.containsProperty(URL)) {
            defaults.put(URL, ownDatabase(environment.getProperty("pinfactory.data-dir", ".pinfactory")));
        }
        if (!environment.containsProperty(PORT) && !environment.containsProperty("spring.grpc.server.inprocess.name")) {
            defaults.put(PORT, DEFAULT_PORT);
        }
        environment.getPropertySources().addLast(new MapPropertySource("registryDefaults", defaults));
    }

    /**
     * Without a database of its own choice the registry keeps one file under the data directory. WRITE_DELAY=0: H2 otherwise writes half a second after
     * the commit, and a killed process forgets what it has acknowledged.
     */
    private static String ownDatabase(String dataDirectory) {
        Path file = Path.of(dataDirectory).toAbsolutePath().resolve("registry").resolve("catalogue");
        return "jdbc:h2:file:" + file + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0;LOCK_TIMEOUT=10000";
    }
}
