package dev.pinfactory.orchestrator.cli;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How many receipts a swarm reads in a minute: a task each, planned, dispatched and merged as any other. */
final class DocumentBenchmark {
    private static final String INSTRUCTION = "Get company, date, address and total from the receipt.";
    private static final long PATIENCE_MINUTES = 2;
    private static final long MOST_BYTES = 15L << 20;
    private static final int MOST_FILES = 10_000;

    private final Swarm swarm;
    private final Duration duration;
    private final int callers;
    private final PrintWriter err;

    DocumentBenchmark(Swarm swarm, Duration duration, int callers, PrintWriter err) {
        this.swarm = swarm;
        this.duration = duration;
        this.callers = callers;
        this.err = err;
    }

    /**
     * What was measured of one kind of file.
     *
     * @param tasks that ended within the time
     * @param withFields in which at least one field was read
     * @param failed whose status is neither COMPLETE nor PARTIAL
     * @param minutes how long it took
     * @param p50 of a task, in milliseconds
     * @param cpuSeconds of its specialists, a task
     */
    record Measured(String kind, int tasks, int withFields, int failed, double minutes, double p50, double cpuSeconds) {
        double perMinute() {
            return tasks / minutes;
        }

        double perDay() {
            return perMinute() * 60 * 24;
        }
    }

    /** The files of a folder that are texts, or those that are images or PDF; by name. */
    static List<Artifact> receipts(Path folder, boolean text) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> isReceipt(file, text))
                    .sorted()
                    .limit(MOST_FILES)
                    .map(DocumentBenchmark::receipt)
                    .toList();
        } catch (IOException e) {
            throw new UsageException("--data '" + folder + "' is no folder that can be read");
        }
    }

    private static boolean isReceipt(Path file, boolean text) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return text ? name.endsWith(".txt") : name.matches(".*\\.(jpe?g|png|tiff?|pdf)");
    }

    private static Artifact receipt(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UsageException("'" + file + "' has more than " + MOST_BYTES + " bytes");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Artifact.Builder artifact = Artifact.newBuilder().setName("receipt");
        InputArgument.fromFile(file, "", artifact);
        return artifact.build();
    }

    /** Once through all files to warm up, then again and again until the time is over. */
    Measured measure(String kind, List<Artifact> receipts) {
        err.printf("%s: %d files, warming up%n", kind, receipts.size());
        err.flush();
        receipts.forEach(this::run);
        err.printf("%s: %d at a time for %d s%n", kind, callers, duration.toSeconds());
        err.flush();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        List<Timed> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Timed>>> results = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int offset = caller;
                results.add(threads.submit(() -> call(receipts, offset, end)));
            }
            for (Future<List<Timed>> result : results) {
                all.addAll(result.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        double minutes = (System.nanoTime() - start) / 1e9 / 60;
        return summary(kind, all, minutes);
    }

    /** One task and how long it took. */
    private record Timed(TaskResult result, long nanos) {
        boolean failed() {
            return result.getStatus() != TaskResult.Status.COMPLETE && result.getStatus() != TaskResult.Status.PARTIAL;
        }

        boolean hasFields() {
            return result.getOutput().getStructValue().getFieldsMap().values().stream()
                    .anyMatch(Value::hasStructValue);
        }
    }

    private List<Timed> call(List<Artifact> receipts, int offset, long end) {
        List<Timed> timed = new ArrayList<>();
        do {
            timed.add(run(receipts.get((offset + timed.size()) % receipts.size())));
        } while (System.nanoTime() < end);
        return timed;
    }

    private Timed run(Artifact receipt) {
        Task task = Task.newBuilder()
                .setInstruction(INSTRUCTION)
                .addInputs(receipt)
                .setConstraints(Constraints.newBuilder().setAllowPartial(true))
                .build();
        long before = System.nanoTime();
        TaskResult result = swarm.calls()
                .withDeadlineAfter(PATIENCE_MINUTES, TimeUnit.MINUTES)
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
        return new Timed(result, System.nanoTime() - before);
    }

    private static Measured summary(String kind, List<Timed> all, double minutes) {
        long[] nanos = all.stream().mapToLong(Timed::nanos).sorted().toArray();
        double cpu = all.stream()
                .mapToDouble(timed -> timed.result().getCost().getCpuSeconds())
                .average()
                .orElse(0);
        return new Measured(
                kind,
                all.size(),
                (int) all.stream().filter(Timed::hasFields).count(),
                (int) all.stream().filter(Timed::failed).count(),
                minutes,
                Arrays.stream(nanos).skip(nanos.length / 2).findFirst().orElse(0) / 1e6,
                cpu);
    }
}
