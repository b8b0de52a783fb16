package dev.pinfactory.e2e;

import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** A process for each role, from the jars that were built, which the test can kill and start again. */
final class ProcessSwarm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** The roles, in the order of their start. */
    enum Role {
        REGISTRY("registry/service", "-Xmx256m"),
        HOST("specialists/host", "-Xmx640m"),
        ROUTER("router/service", "-Xmx640m"),
        ORCHESTRATOR("orchestrator/service", "-Xmx512m");

        private final String module;
        private final String heap;

        Role(String module, String heap) {
            this.module = module;
            this.heap = heap;
        }

        /** As in certificates. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Path jar() {
            return Root.resolve(module + "/target/pinfactory-" + module.replace('/', '-') + "-0.1.0-exec.jar");
        }
    }

    private final Map<Role, Process> processes = new EnumMap<>(Role.class);
    private final Map<Role, Integer> ports = new EnumMap<>(Role.class);
    private final int restPort;
    private final Path data;
    private final Function<Role, List<String>> properties;
    private final Predicate<String> healthy;
    private final ManagedChannel channel;

    private ProcessSwarm(Path data, Function<Role, List<String>> properties, Predicate<String> healthy) {
        this.data = data;
        this.properties = properties;
        this.healthy = healthy;
        List<String> free = FreePorts.some(Role.values().length + 1);
        for (Role role : Role.values()) {
            ports.put(role, Integer.parseInt(free.get(role.ordinal())));
        }
        restPort = Integer.parseInt(free.getLast());
        channel = Grpc.newChannelBuilder(address(Role.ORCHESTRATOR), InsecureChannelCredentials.create())
                .build();
    }

    /** @param properties of every role, as in {@code logging.level.root=DEBUG} */
    static ProcessSwarm start(Path data, String... properties) {
        return start(data, role -> List.of(properties), Health::isServing);
    }

    /**
     * @param properties of each role
     * @param healthy asks the server at an address
     */
    static ProcessSwarm start(Path data, Function<Role, List<String>> properties, Predicate<String> healthy) {
        ProcessSwarm swarm = new ProcessSwarm(data, properties, healthy);
        for (Role role : Role.values()) {
            swarm.start(role);
        }
        return swarm;
    }

    /** Starts a role and waits until it is healthy. */
    void start(Role role) {
        List<String> command = new ArrayList<>(List.of(
                Root.java(),
                role.heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                role.jar().toString(),
                "--pinfactory.data-dir=" + data,
                "--spring.grpc.server.address=127.0.0.1",
                "--spring.grpc.server.port=" + ports.get(role),
                "--spring.grpc.server.health.schedule.delay=100ms",
                "--spring.grpc.server.health.schedule.period=500ms"));
        String registry = address(Role.REGISTRY);
        switch (role) {
            case REGISTRY -> command.add("--server.port=0");
            case HOST -> command.add("--pinfactory.host.registry-address=" + registry);
            case ROUTER -> {
                command.add("--pinfactory.router.registry-address=" + registry);
                command.add("--server.port=0");
            }
            case ORCHESTRATOR -> {
                command.add("--pinfactory.orchestrator.registry-address=" + registry);
                command.add("--pinfactory.orchestrator.router.address=" + address(Role.ROUTER));
                command.add("--server.port=" + restPort);
            }
        }
        properties.apply(role).forEach(property -> command.add("--" + property));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log(role).toFile()))
                    .start();
            processes.put(role, process);
            awaitHealthy(role, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a role says. */
    Path log(Role role) {
        return data.resolve(role + ".log");
    }

    private void awaitHealthy(Role role, Process process) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!healthy.test(address(role))) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new AssertionError(role + " did not become healthy:\n" + Files.readString(log(role)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What {@code kill -9} does. */
    void kill(Role role) {
        Process process = processes.get(role);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String address(Role role) {
        return "127.0.0.1:" + ports.get(role);
    }

    SwarmServiceGrpc.SwarmServiceBlockingStub stub() {
        return SwarmServiceGrpc.newBlockingStub(channel).withWaitForReady().withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        processes.values().forEach(Process::destroyForcibly);
    }
}
