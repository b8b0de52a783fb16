package dev.pinfactory.faults.swarm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of several processes of a specialist that gives a text back: to be killed and started again, on its port or another one. Used by one thread. */
public final class Replica implements AutoCloseable {
    private final Path folder;
    private final String name;
    private final String registry;
    private final List<Path> runs = new ArrayList<>();
    private int port = FreePort.find();
    private Process process;

    private record Runs(long begun, long ended) {}

    /** Starts one. */
    public Replica(Path folder, String name, String registry) throws IOException {
        this.folder = folder;
        this.name = name;
        this.registry = registry;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        awaitReady();
    }

    private Process launch() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name + "-" + runs.size() + ".runs");
        runs.add(file);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoHost.class.getName(),
                        String.valueOf(port),
                        registry,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    /** Its line comes when the registry has it. */
    private void awaitReady() throws IOException {
        if (process.inputReader().readLine() == null) {
            throw new IllegalStateException("the replica did not start:\n" + Files.readString(log()));
        }
    }

    /** What {@code kill -9} does. Returns how many runs it ended. */
    public long kill() throws IOException {
        Signals.kill(process.toHandle());
        process.onExit().join();
        Runs last = read(runs.getLast());
        return last.begun() - last.ended();
    }

    /** After a kill; the registry has it when this returns. */
    public void restart(boolean elsewhere) throws IOException {
        if (elsewhere) {
            port = FreePort.find();
        }
        process = launch();
        awaitReady();
    }

    /** How many runs were begun, in all its lives. */
    public long begun() throws IOException {
        long sum = 0;
        for (Path file : runs) {
            sum += Files.exists(file) ? read(file).begun() : 0;
        }
        return sum;
    }

    private static Runs read(Path file) throws IOException {
        String written = Files.readString(file, StandardCharsets.US_ASCII);
        long begun = written.chars().filter(c -> c == EchoHost.BEGUN).count();
        return new Runs(begun, written.length() - begun);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            // Its files are removed next.
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
