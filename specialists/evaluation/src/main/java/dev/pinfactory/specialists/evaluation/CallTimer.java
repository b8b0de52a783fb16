package dev.pinfactory.specialists.evaluation;

import com.sun.management.OperatingSystemMXBean;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls again and again: a while to warm up, then as long to count. */
final class CallTimer {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_CALLS = 2_000_000;

    private CallTimer() {}

    /** @param callers each with one call at a time */
    static Timing time(
            Function<InferRequest, InferResponse> server, List<InferRequest> samples, int callers, int seconds) {
        run(server, samples, callers, seconds);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        long[] nanos = run(server, samples, callers, seconds);
        double took = (System.nanoTime() - start) / NANOS_PER_SECOND;
        double used = (system.getProcessCpuTime() - cpu) / NANOS_PER_MILLI;
        Arrays.sort(nanos);
        return new Timing(
                nanos.length,
                round(Latency.millis(nanos, 0.5)),
                round(Latency.millis(nanos, 0.99)),
                round(used / nanos.length),
                round(nanos.length / took));
    }

    private static long[] run(
            Function<InferRequest, InferResponse> server, List<InferRequest> samples, int callers, int seconds) {
        long end = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> results = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int offset = caller;
                results.add(threads.submit(() -> call(server, samples, offset, end, MOST_CALLS / callers)));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> result : results) {
                all.addAll(result.get());
            }
            return all.stream().mapToLong(Long::longValue).toArray();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** At least one call. */
    private static List<Long> call(
            Function<InferRequest, InferResponse> server, List<InferRequest> samples, int offset, long end, int most) {
        List<Long> nanos = new ArrayList<>();
        long before;
        do {
            before = System.nanoTime();
            InferResponse ignored = server.apply(samples.get((offset + nanos.size()) % samples.size()));
            nanos.add(System.nanoTime() - before);
        } while (System.nanoTime() < end && nanos.size() < most);
        return nanos;
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
