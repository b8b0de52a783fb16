package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.sdk.sample.GeneratedSamples;
import dev.pinfactory.specialists.sdk.serving.Definition;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code [NAME…] [--seconds N] [--json FILE]}: what {@code pin bench specialists} runs. Each specialist is served over a socket by this process and asked its
 * samples: one call at a time without batches, then sixteen at a time without and with them.
 */
public final class BenchSpecialists {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    private static final int CALLERS = 16;
    private static final int DEFAULT_SECONDS = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;
    private final PrintStream err;

    BenchSpecialists(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new BenchSpecialists(System.out, System.err).run(arguments));
    }

    /** What the command line says. */
    private record Options(List<String> names, int seconds, Optional<Path> json) {
        static Options parse(String... arguments) {
            List<String> names = new ArrayList<>();
            int seconds = DEFAULT_SECONDS;
            Optional<Path> json = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                if (!arguments[i].startsWith("-")) {
                    names.add(arguments[i]);
                    continue;
                }
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[i] + " wants a value");
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--seconds" -> seconds = seconds(value);
                    case "--json" -> json = Optional.of(Path.of(value));
                    default -> throw new IllegalArgumentException("there is no option '" + arguments[i] + "'");
                }
                i++;
            }
            return new Options(names.isEmpty() ? ClassPathSpecialists.ids() : names, seconds, json);
        }

        private static int seconds(String value) {
            if (!value.matches("[1-9][0-9]{0,3}")) {
                throw new IllegalArgumentException("--seconds is '" + value + "', expected 1 to 9999");
            }
            return Integer.parseInt(value);
        }
    }

    int run(String... arguments) {
        try {
            Options options = Options.parse(arguments);
            Map<String, Object> all = new LinkedHashMap<>();
            out.printf(
                    "%d processors, %d s each; times in milliseconds%n%-18s %8s %8s %8s | %10s %8s | %10s %8s%n",
                    Runtime.getRuntime().availableProcessors(),
                    options.seconds(),
                    "",
                    "p50",
                    "p99",
                    "cpu",
                    "16, /s",
                    "p50",
                    "batched, /s",
                    "p50");
            boolean failed = false;
            for (String name : options.names()) {
                try {
                    all.put(name, measure(ClassPathSpecialists.define(name), options.seconds()));
                } catch (StatusRuntimeException e) {
                    failed = true;
                    err.println(name + ": " + e.getStatus());
                }
            }
            options.json().ifPresent(file -> write(file, all));
            return failed ? FAILED : DONE;
        } catch (DataException | IllegalArgumentException | UncheckedIOException e) {
            err.println("pin bench specialists: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private Map<String, Object> measure(Definition definition, int seconds) {
        String name = definition.card().getContract().getId();
        List<InferRequest> samples = definition.samples().isEmpty()
                ? GeneratedSamples.request(definition.card().getContract(), GeneratedSamples.PLAIN_TEXT)
                        .map(List::of)
                        .orElseThrow(() -> new DataException("'" + name + "' has no samples to measure with"))
                : definition.samples();
        Timing alone;
        Timing together;
        try (SocketServer server = new SocketServer(definition, 1)) {
            alone = CallTimer.time(server::infer, samples, 1, seconds);
            together = CallTimer.time(server::infer, samples, CALLERS, seconds);
        }
        Timing batched;
        try (SocketServer server = new SocketServer(ClassPathSpecialists.define(name), 32)) {
            batched = CallTimer.time(server::infer, samples, CALLERS, seconds);
        }
        out.printf(
                "%-18s %8.2f %8.2f %8.2f | %10.0f %8.2f | %10.0f %8.2f%n",
                name,
                alone.p50(),
                alone.p99(),
                alone.cpu(),
                together.perSecond(),
                together.p50(),
                batched.perSecond(),
                batched.p50());
        return Map.of("alone", alone, "unbatched", together, "batched", batched);
    }

    private static void write(Path file, Map<String, Object> figures) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
