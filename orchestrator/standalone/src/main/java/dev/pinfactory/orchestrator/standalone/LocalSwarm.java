package dev.pinfactory.orchestrator.standalone;

import dev.pinfactory.orchestrator.service.OrchestratorApplication;
import dev.pinfactory.registry.service.RegistryApplication;
import dev.pinfactory.router.service.RouterApplication;
import dev.pinfactory.specialists.host.HostApplication;
import dev.pinfactory.specialists.sdk.autoconfigure.HostRegistration;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * All roles in this process, each in its own Spring context, talking through gRPC's in-process transport with the same interceptors
 * as over sockets. REST and gRPC listen on loopback; so does the registry, for specialists of other processes. Thread-safe.
 */
public final class LocalSwarm implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SERVER_NAME = "spring.grpc.server.inprocess.name";
    private static final int NO_PORT = -1;
    private static final Duration REGISTRATION = Duration.ofSeconds(60);

    /** Databases and security come onto the class path with the registry and the orchestrator; the other roles have neither. */
    private static final Map<String, Object> NEITHER_DATABASE_NOR_SECURITY = Map.of(
            "spring.autoconfigure.exclude",
            String.join(
                    ",",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
                    "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
                    "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                    "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerSecurityAutoConfiguration",
                    "org.springframework.boot.grpc.server.autoconfigure.security.GrpcServerOAuth2ResourceServerAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"));

    private final Deque<ConfigurableApplicationContext> contexts = new ArrayDeque<>();
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final LocalSwarmOptions options;
    private int registryPort = NO_PORT;
    private int grpcPort = NO_PORT;
    private int restPort = NO_PORT;

    private LocalSwarm(LocalSwarmOptions options) {
        this.options = options;
    }

    /** Starts everything and returns when tasks are accepted. What was started is stopped again if a part fails. */
    public static LocalSwarm start(LocalSwarmOptions options) {
        LocalSwarm swarm = new LocalSwarm(options);
        try {
            swarm.startRoles();
        } catch (RuntimeException e) {
            swarm.close();
            throw e;
        }
        return swarm;
    }

    private void startRoles() {
        String registry = "inprocess:" + server("registry");
        registryPort = start(
                RegistryApplication.builder(),
                Map.of(SERVER_NAME, server("registry"), "spring.grpc.server.port", options.registryPort()));
        start(
                HostApplication.builder().properties(NEITHER_DATABASE_NOR_SECURITY),
                Map.of("pinfactory.host.registry-address", registry, SERVER_NAME, server("host")));
        awaitRegistered(contexts.getFirst());
        start(
                RouterApplication.builder().properties(NEITHER_DATABASE_NOR_SECURITY),
                Map.of("pinfactory.router.registry-address", registry, SERVER_NAME, server("router")));
        grpcPort = start(
                OrchestratorApplication.builder(),
                Map.of(
                        "server.port",
                        options.restPort(),
                        "spring.grpc.server.port",
                        options.grpcPort(),
                        "pinfactory.orchestrator.registry-address",
                        registry,
                        "pinfactory.orchestrator.router.address",
                        "inprocess:" + server("router")));
        restPort = Integer.parseInt(contexts.getFirst().getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Starts a role; returns the port that its gRPC server took, or -1 where it has none. */
    private int start(SpringApplicationBuilder role, Map<String, Object> properties) {
        int[] port = {NO_PORT};
        ApplicationListener<GrpcServerStartedEvent> listener = event -> port[0] = Math.max(port[0], event.getPort());
        List<String> arguments = new ArrayList<>();
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        options.properties().forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.add("--pinfactory.data-dir=" + options.dataDirectory());
        contexts.push(role.registerShutdownHook(false).listeners(listener).run(arguments.toArray(String[]::new)));
        return port[0];
    }

    /** Without its specialists a swarm would start well and then refuse every task. */
    private static void awaitRegistered(ConfigurableApplicationContext host) {
        try {
            host.getBean(HostRegistration.class).awaitRegistered(REGISTRATION);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while the specialists were being registered", e);
        }
    }

    private String server(String role) {
        return role + "-" + name;
    }

    /** Where applications call over gRPC: {@code host:port}. */
    public String grpcAddress() {
        return LOOPBACK + ":" + grpcPort;
    }

    /** Where applications call over REST: a base URL. */
    public String restUrl() {
        return "http://" + LOOPBACK + ":" + restPort;
    }

    /** Where specialists of other processes register: {@code host:port}. */
    public String registryAddress() {
        return LOOPBACK + ":" + registryPort;
    }

    /** Stops accepting, finishes what runs, and stops the roles in reverse order. */
    @Override
    public void close() {
        while (!contexts.isEmpty()) {
            contexts.pop().close();
        }
    }
}
