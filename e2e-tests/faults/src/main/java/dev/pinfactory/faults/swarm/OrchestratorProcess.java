package dev.pinfactory.faults.swarm;

import dev.pinfactory.faults.store.Sabotage;
import dev.pinfactory.orchestrator.service.OrchestratorApplication;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real orchestrator in a process of its own: to be killed, held and started again, always on the same ports and the same data. */
public final class OrchestratorProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern REST_PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Path log;
    private final List<String> command;
    private final int port;
    private Process process;

    /**
     * Starts one.
     *
     * @param data folder of its files, and of its H2 file if it has no other database
     * @param sabotage the seeded bug, if any
     * @param properties as in {@code pinfactory.orchestrator.store.url=…}
     */
    public OrchestratorProcess(Path data, Sabotage sabotage, List<String> properties) throws IOException {
        this(data, "512m", sabotage, properties);
    }

    /**
     * Starts one with another heap.
     *
     * @param heap as in {@code 256m}
     */
    public OrchestratorProcess(Path data, String heap, Sabotage sabotage, List<String> properties) throws IOException {
        this(data, List.of("-Xmx" + heap), sabotage, properties);
    }

    /**
     * Starts one with other options of the virtual machine.
     *
     * @param options as in {@code -Xmx256m}
     */
    public OrchestratorProcess(Path data, List<String> options, Sabotage sabotage, List<String> properties)
            throws IOException {
        this.port = FreePort.find();
        this.log = data.resolve("orchestrator-" + port + ".log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + TestedOrchestrator.SABOTAGE + "=" + sabotage,
                "-cp",
                System.getProperty("java.class.path"),
                sabotage == Sabotage.NONE
                        ? OrchestratorApplication.class.getName()
                        : TestedOrchestrator.class.getName(),
                "--pinfactory.data-dir=" + data,
                "--server.port=0",
                "--spring.grpc.server.port=" + port,
                "--spring.grpc.server.health.schedule.delay=100ms",
                "--spring.grpc.server.health.schedule.period=500ms"));
        command.addAll(1, options);
        properties.forEach(property -> command.add("--" + property));
        Files.createDirectories(data);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        awaitReady();
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
            while (!isServing()) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new IllegalStateException("the orchestrator did not become healthy:\n" + log());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isServing() {
        ManagedChannel probe = Grpc.newChannelBuilder(address(), InsecureChannelCredentials.create())
                .build();
        try {
            return HealthGrpc.newBlockingStub(probe)
                            .withDeadlineAfter(1, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            return false;
        } finally {
            probe.shutdownNow();
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Of REST; known from its log, since the system chose it. */
    public int restPort() throws IOException {
        Matcher started = REST_PORT.matcher(log());
        if (!started.find()) {
            throw new IllegalStateException("the log does not say on which port REST is");
        }
        return Integer.parseInt(started.group(1));
    }

    public long pid() {
        return process.pid();
    }

    /** Everything that it has logged, over all its lives. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** What {@code kill -9} does. */
    public void kill() {
        Signals.kill(process.toHandle());
        process.onExit().join();
    }

    /** After a kill; it is ready when this returns. */
    public void restart() throws IOException {
        process = launch();
        awaitReady();
    }

    /** SIGSTOP: it keeps its connections and does nothing. */
    public void hold() {
        Signals.stop(process.toHandle());
    }

    /** SIGCONT. */
    public void resume() {
        Signals.resume(process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
