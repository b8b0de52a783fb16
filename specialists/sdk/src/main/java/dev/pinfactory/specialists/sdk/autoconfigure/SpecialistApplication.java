package dev.pinfactory.specialists.sdk.autoconfigure;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts a process that serves specialists, with defaults that are safe on a developer's machine. */
public final class SpecialistApplication {
    /** With deregistration (2 s at most) and the drain delay it stays below the 25 s that a process has to end. */
    private static final String FINISH_CALLS_WITHIN = "20s";

    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.grpc.server.address", "127.0.0.1",
            "spring.grpc.server.port", "0",
            "spring.grpc.server.shutdown.grace-period", FINISH_CALLS_WITHIN,
            "spring.grpc.server.inbound.message.max-size", "16MB",
            "spring.grpc.server.inbound.metadata.max-size", "64KB",
            // Orchestrators ping every 30 s while a long call is silent; gRPC's default, 5 minutes, cuts them off.
            "spring.grpc.server.keepalive.permit.time", "10s",
            "spring.grpc.server.health.schedule.enabled", "false",
            "spring.lifecycle.timeout-per-shutdown-phase", FINISH_CALLS_WITHIN,
            "spring.jmx.enabled", "false");

    private SpecialistApplication() {}

    /** Runs until the process is told to end. */
    public static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        return builder(application).run(arguments);
    }

    public static SpringApplicationBuilder builder(Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(DEFAULTS);
    }
}
