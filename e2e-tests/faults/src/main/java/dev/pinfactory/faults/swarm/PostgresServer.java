package dev.pinfactory.faults.swarm;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real PostgreSQL that keeps what it acknowledges, and that can be killed, started again, and held. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final EmbeddedPostgres installed;
    private final Path folder;
    private final String program;
    private final Map<String, String> settings;
    private volatile ProcessHandle process;

    private PostgresServer(EmbeddedPostgres installed, Path folder, Map<String, String> settings) throws IOException {
        this.installed = installed;
        this.folder = folder;
        this.settings = settings;
        this.process = running();
        this.program = process.info().command().orElseThrow();
        // One that is held would outlive this process.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Signals.kill(process)));
    }

    /** With settings under which a commit is on disk. */
    public static PostgresServer start(Path folder) throws IOException {
        return start(folder, Map.of());
    }

    /** @param other settings that differ from the durable ones */
    public static PostgresServer start(Path folder, Map<String, String> other) throws IOException {
        Map<String, String> settings = new TreeMap<>(DURABLE);
        settings.putAll(other);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder);
        settings.forEach(builder::setServerConfig);
        return new PostgresServer(builder.start(), folder, settings);
    }

    private ProcessHandle running() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    public String url() {
        // A server that is held answers no connection either.
        return installed.getJdbcUrl(USER, "postgres") + "&connectTimeout=5";
    }

    /** What {@code kill -9} does, to the server and all its workers. */
    public void kill() {
        Signals.kill(process);
        process.onExit().join();
    }

    /** After a kill: recovers what was committed, and takes connections when this returns. */
    public void restart() throws IOException {
        List<String> command = new ArrayList<>(asNobody());
        command.addAll(List.of(program, "-D", folder.toString(), "-p", String.valueOf(installed.getPort())));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.addAll(List.of("-c", "max_connections=300", "-c", "timezone=UTC"));
        Path log = folder.resolve("restart.log");
        long end = System.nanoTime() + PATIENCE.toNanos();
        Process started = launch(command, log);
        while (!accepts()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("PostgreSQL did not come back:\n" + Files.readString(log));
            }
            if (!started.isAlive()) {
                // Its old workers hold the shared memory for a moment yet.
                started = launch(command, log);
            }
        }
        process = started.toHandle();
    }

    /** PostgreSQL does not run as root; in a namespace of its own nobody is. */
    private static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of();
    }

    private static Process launch(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private boolean accepts() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            pause();
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP for the server and all its workers: connections stay, and nobody answers. */
    public void hold() {
        Signals.stop(process);
    }

    /** SIGCONT. */
    public void resume() {
        Signals.resume(process);
    }

    @Override
    public void close() throws IOException {
        Signals.resume(process);
        installed.close();
    }
}
