package dev.pinfactory.faults.swarm;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A role in a process of its own, from the jar that was built: to be ended as an operator would, and started again on the same port. Used by one thread, but for its health. */
public final class RoleProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration MOST_LEAVING = Duration.ofSeconds(60);

    private final String name;
    private final int port = FreePort.find();
    private final Path log;
    private final List<String> command;
    private final ManagedChannel probe;
    private volatile ServingStatus said = ServingStatus.UNKNOWN;
    private volatile Process process;

    /** What {@link #leave} saw. */
    public record Leave(Duration took, boolean saidSoBefore) {}

    /**
     * Starts one; {@link #awaitStarted} says when it is ready.
     *
     * @param module folder of the role, such as "registry/service"
     * @param name of its log
     */
    public RoleProcess(Path folder, String module, String name, String heap, List<String> properties)
            throws IOException {
        this.name = name;
        Path jar = Path.of(System.getProperty("pinfactory.root", ""))
                .resolve(module)
                .resolve("target/pinfactory-" + module.replace('/', '-') + "-0.1.0-exec.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no " + jar + "; build the project first");
        }
        Path data = folder.resolve(name);
        Files.createDirectories(data);
        this.log = data.resolve("log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString(),
                "--pinfactory.data-dir=" + data,
                "--spring.grpc.server.port=" + port,
                "--spring.grpc.server.health.schedule.delay=100ms",
                "--spring.grpc.server.health.schedule.period=500ms"));
        properties.forEach(property -> command.add("--" + property));
        this.probe = Grpc.newChannelBuilder(address(), InsecureChannelCredentials.create())
                .build();
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Returns when it is ready for the first time. */
    public void awaitStarted() throws IOException {
        awaitReady();
        Thread.ofVirtual().name("probe-" + name).start(this::probe);
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (ask() != ServingStatus.SERVING) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new IllegalStateException(name + " did not become healthy:\n" + Files.readString(log));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        said = ServingStatus.SERVING;
    }

    /** UNKNOWN where nobody answers. */
    private ServingStatus ask() {
        try {
            // A channel that could not connect would wait longer and longer.
            probe.resetConnectBackoff();
            return HealthGrpc.newBlockingStub(probe)
                    .withDeadlineAfter(1, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
        } catch (StatusRuntimeException e) {
            return ServingStatus.UNKNOWN;
        }
    }

    private void probe() {
        try {
            while (!probe.isShutdown()) {
                said = ask();
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a probe said last, twenty times a second. */
    public boolean ready() {
        return said == ServingStatus.SERVING;
    }

    public int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    public String name() {
        return name;
    }

    /** SIGTERM, until it is gone. */
    public Leave leave() throws InterruptedException {
        long begin = System.nanoTime();
        process.toHandle().destroy();
        boolean saidSo = false;
        while (process.isAlive() && System.nanoTime() - begin < MOST_LEAVING.toNanos()) {
            saidSo |= said == ServingStatus.NOT_SERVING;
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        process.destroyForcibly();
        return new Leave(took, saidSo);
    }

    /** After it has left; it is ready when this returns. */
    public void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        probe.shutdownNow();
        process.destroyForcibly();
    }
}
