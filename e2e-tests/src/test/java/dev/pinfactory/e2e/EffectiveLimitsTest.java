package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.orchestrator.service.OrchestratorApplication;
import dev.pinfactory.registry.service.RegistryApplication;
import dev.pinfactory.router.service.RouterApplication;
import dev.pinfactory.specialists.host.HostApplication;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** What each role's gRPC server was built with, read from the server itself: a setting that reaches no server bounds nothing, and gRPC's own defaults are no bounds. */
@Tag("long")
class EffectiveLimitsTest {
    private static final int MESSAGE = 16 << 20;
    private static final long NO_AGE = Long.MAX_VALUE;
    private static final long HALF_AN_HOUR = TimeUnit.MINUTES.toNanos(30);
    private static final String NEITHER_DATABASE_NOR_SECURITY = "--spring.autoconfigure.exclude="
            + String.join(
                    ",",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
                    "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
                    "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                    "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerSecurityAutoConfiguration",
                    "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerOAuth2ResourceServerAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration");

    @TempDir
    Path data;

    /**
     * What bounds a connection.
     *
     * @param resets within half a minute
     * @param age nanoseconds
     */
    private record Bounds(int calls, int resets, int message, int headers, long age) {}

    static Stream<Arguments> roles() {
        return Stream.of(
                Arguments.of(
                        "orchestrator",
                        OrchestratorApplication.builder(),
                        List.of("--server.port=0"),
                        new Bounds(100, 200, MESSAGE, 16 << 10, HALF_AN_HOUR)),
                Arguments.of(
                        "router",
                        RouterApplication.builder(),
                        List.of("--server.port=0", NEITHER_DATABASE_NOR_SECURITY),
                        new Bounds(100, 200, MESSAGE, 64 << 10, HALF_AN_HOUR)),
                Arguments.of(
                        "registry",
                        RegistryApplication.builder(),
                        List.of("--server.port=0"),
                        new Bounds(100, 200, MESSAGE, 64 << 10, NO_AGE)),
                // Its callers are orchestrators with many calls each, some of which they cancel.
                Arguments.of(
                        "host",
                        HostApplication.builder(),
                        List.of("--pinfactory.host.register=false", NEITHER_DATABASE_NOR_SECURITY),
                        new Bounds(1_000, 1_000, MESSAGE, 64 << 10, NO_AGE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("roles")
    void everyServerIsBounded(
            String role, SpringApplicationBuilder application, List<String> arguments, Bounds bounds) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--spring.grpc.server.port=0");
        all.add("--pinfactory.data-dir=" + data);
        try (ConfigurableApplicationContext context =
                application.registerShutdownHook(false).run(all.toArray(String[]::new))) {
            Object netty = read(read(context.getBean(GrpcServerLifecycle.class), "server"), "transportServer");
            assertThat(new Bounds(
                            (int) read(netty, "maxStreamsPerConnection"),
                            (int) read(netty, "maxRstCount"),
                            (int) read(netty, "maxMessageSize"),
                            (int) read(netty, "maxHeaderListSize"),
                            (long) read(netty, "maxConnectionAgeInNanos")))
                    .isEqualTo(bounds);
            assertThat(read(netty, "maxRstPeriodNanos")).isEqualTo(TimeUnit.SECONDS.toNanos(30));
            if (bounds.age() != NO_AGE) {
                assertThat(read(netty, "maxConnectionAgeGraceInNanos")).isEqualTo(TimeUnit.MINUTES.toNanos(5));
            }
        }
    }

    private static Object read(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(object);
            } catch (NoSuchFieldException e) {
                // Of its superclass, perhaps.
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError(object.getClass() + " has no " + name);
    }
}
