package dev.pinfactory.orchestrator.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The start of a swarm that stays: only one at a time, everything it has started is in the run file at once, and nothing of it is left
 * when it fails or is interrupted. Not thread-safe but for the interruption.
 */
final class Startup implements AutoCloseable {
    private static final long STOP_MILLIS = 500;

    private final Home home;
    private final FileChannel lock;
    private final List<RunFile.Running> started = new ArrayList<>();
    private final Thread onInterrupt = new Thread(this::stopAll, "stop-what-was-started");
    private boolean complete;

    private Startup(Home home, FileChannel lock) {
        this.home = home;
        this.lock = lock;
    }

    /** @throws IllegalStateException when somebody else is starting one */
    static Startup begin(Home home) {
        Path file = home.runFile().resolveSibling("up.lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new IllegalStateException("another 'pin up' is starting a swarm here; wait for it");
            }
            Startup startup = new Startup(home, channel);
            Runtime.getRuntime().addShutdownHook(startup.onInterrupt);
            return startup;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write in " + file.getParent(), e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Starts a process, with its output in its log. */
    Started start(String role, List<String> command) {
        Path log = home.logs().resolve(role + ".log");
        Process process;
        synchronized (started) {
            process = Launch.start(command, log, false);
            started.add(new RunFile.Running(role, process.pid()));
        }
        RunFile.starting(started).write(home.runFile());
        return new Started(role, process, log);
    }

    /**
     * A process that was started and may not be ready.
     *
     * @param role what it is
     * @param process itself
     * @param log where its output goes
     */
    record Started(String role, Process process, Path log) {
        void awaitReady(BooleanSupplier ready) {
            Launch.awaitReady("the " + role, process, log, ready);
        }
    }

    List<RunFile.Running> started() {
        return List.copyOf(started);
    }

    /** Everything is up: from here on it stays. */
    void complete(RunFile running) {
        running.write(home.runFile());
        complete = true;
    }

    private void stopAll() {
        synchronized (started) {
            if (started.isEmpty()) {
                return;
            }
            List<ProcessHandle> running = started.reversed().stream()
                    .flatMap(role -> role.handle().stream())
                    .toList();
            running.forEach(ProcessHandle::destroy);
            // A role that still starts would end only when its start is through. It serves nobody yet, and its data
            // survives a kill.
            running.forEach(Startup::killUnlessItEnds);
            home.runFile().toFile().delete();
        }
    }

    private static void killUnlessItEnds(ProcessHandle process) {
        try {
            process.onExit().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // Interrupted: the hook does the rest.
            return;
        }
        if (!complete) {
            stopAll();
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
