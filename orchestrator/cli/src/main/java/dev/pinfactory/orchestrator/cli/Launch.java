package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts a process of the swarm with its output in a log file, and waits until it is ready. */
final class Launch {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOG_LINES = 15;

    private Launch() {}

    /**
     * @param holdsStandardInput the process sees the end of its standard input when this program ends
     */
    static Process start(List<String> command, Path log, boolean holdsStandardInput) {
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
            if (!holdsStandardInput) {
                builder.redirectInput(
                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + command.getFirst(), e);
        }
    }

    /** Waits until it is ready; fails with the end of its log when it ends or takes too long. */
    static void awaitReady(String name, Process process, Path log, BooleanSupplier ready) {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(name + " ended with code " + process.exitValue()
                            + " before it was ready; the end of " + log + ":\n" + tail(log));
                }
                if (System.nanoTime() > end) {
                    process.destroy();
                    throw new IllegalStateException(name + " was not ready after " + READY_WITHIN.toMinutes()
                            + " minutes; the end of " + log + ":\n" + tail(log));
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(the log can't be read)";
        }
    }
}
