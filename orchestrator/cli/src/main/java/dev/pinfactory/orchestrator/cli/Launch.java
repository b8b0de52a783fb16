package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts a process of the swarm with its output in a log file, and waits until it is ready. */
final class Launch {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

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
                    throw ended(name, process.exitValue(), log);
                }
                if (System.nanoTime() > end) {
                    process.destroy();
                    throw new IllegalStateException(name + " was not ready after " + READY_WITHIN.toMinutes()
                            + " minutes; its log is " + log + ":\n"
                            + LogTail.of(log).inWords());
                }
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    /** Ports are looked at before the start; one may still be taken in between. */
    private static RuntimeException ended(String name, int code, Path log) {
        LogTail tail = LogTail.of(log);
        Optional<Integer> taken = tail.takenPort();
        if (taken.isPresent()) {
            return new UsageException("port " + taken.get() + " was taken by another program while " + name
                    + " started; stop it, or choose other ports (see 'pin help up')");
        }
        return new IllegalStateException(
                name + " ended with code " + code + " before it was ready; its log is " + log + ":\n" + tail.inWords());
    }
}
