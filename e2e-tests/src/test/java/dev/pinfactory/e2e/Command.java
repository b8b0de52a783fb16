package dev.pinfactory.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command as a person types it, in the checkout.
 *
 * @param words the command line
 * @param environment variables to set
 */
record Command(List<String> words, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final long CLOSE_SECONDS = 10;

    /**
     * What a command answered.
     *
     * @param exitCode its exit code
     * @param out standard output
     * @param err standard error
     */
    record Answer(int exitCode, String out, String err) {
        Answer succeeded() {
            assertThat(exitCode).as("out:%n%s%nerr:%n%s", out, err).isZero();
            return this;
        }
    }

    static Command of(String... words) {
        return new Command(List.of(words), Map.of());
    }

    /** The launcher; the tests run inside a build, so it does not build again. */
    static Command pin(Path data, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Root.resolve("pin").toString()));
        words.addAll(List.of(arguments));
        return new Command(words, Map.of("PIN_NO_BUILD", "1", "PINFACTORY_DATA", data.toString()));
    }

    Command with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Command(words, more);
    }

    Answer run() {
        try (Running running = start()) {
            return running.await();
        }
    }

    /** Starts it and does not wait. */
    Running start() {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(Root.path().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return new Running(words, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A command that was started.
     *
     * @param words the command line
     * @param process its process
     * @param out where its standard output goes
     * @param err where its standard error goes
     */
    record Running(List<String> words, Process process, Path out, Path err) implements AutoCloseable {
        Answer await() {
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError(words + " did not end within " + PATIENCE + ":\n" + printed());
                }
                return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        /** All that it has written so far. */
        String printed() {
            try {
                return Files.readString(out) + Files.readString(err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends it a signal, such as TERM. */
        void signal(String name) {
            of("kill", "-" + name, String.valueOf(process.pid())).run().succeeded();
        }

        /** Ends it if it still runs, and lets it end what it has started. */
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            out.toFile().delete();
            err.toFile().delete();
        }
    }
}
