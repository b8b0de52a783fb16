package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.serving.Batcher.Call;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one batch through a model. An item that makes the model throw fails alone: its neighbours are run again without it. */
final class BatchRun {
    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LOGGED_FRAMES = 8;

    private final String name;
    private final SpecialistModel model;
    private final ServingMetrics metrics;

    BatchRun(String name, SpecialistModel model, ServingMetrics metrics) {
        this.name = name;
        this.model = model;
        this.metrics = metrics;
    }

    /** Completes every call and returns the seconds that it took. Never throws. */
    double run(List<Call> batch) {
        long start = System.nanoTime();
        metrics.batch(batch.size());
        try {
            complete(batch);
        } catch (Throwable e) {
            failOrIsolate(batch, e);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void complete(List<Call> batch) {
        List<Inference> inferences = batch.stream().map(Call::inference).toList();
        long cpuStart = threadCpuNanos();
        List<InferenceResult> results = model.infer(inferences);
        double cpuSeconds = (threadCpuNanos() - cpuStart) / 1e9 / batch.size();
        if (results == null
                || results.size() != batch.size()
                || results.stream().anyMatch(Objects::isNull)) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_OUTPUT_INVALID,
                    name + " gave " + (results == null ? "no" : results.size()) + " results for " + batch.size()
                            + " items");
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(new Answer(results.get(i), cpuSeconds));
        }
    }

    private void failOrIsolate(List<Call> batch, Throwable failure) {
        if (batch.size() > 1 && !(failure instanceof VirtualMachineError)) {
            batch.forEach(this::runAlone);
            return;
        }
        PinfactoryException error = asSpecialistError(failure);
        batch.forEach(call -> call.answer().completeExceptionally(error));
    }

    private void runAlone(Call call) {
        if (call.inference().cancelled()) {
            call.answer().cancel(false);
        } else {
            run(List.of(call));
        }
    }

    /** What the model threw may quote a document, so neither the caller nor the log gets its message. */
    private PinfactoryException asSpecialistError(Throwable failure) {
        if (failure instanceof PinfactoryException error && error.code().fault() == ErrorCode.Fault.SPECIALIST) {
            return error;
        }
        String frames = Arrays.stream(failure.getStackTrace())
                .limit(LOGGED_FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n\tat ", "\n\tat ", ""));
        log.warn("{} failed with {}{}", name, failure.getClass().getName(), frames);
        return new PinfactoryException(ErrorCode.SPECIALIST_FAILED, name + " failed on this input");
    }

    /** Workers are platform threads, because virtual threads have no processor time of their own. Threads that a model starts are not counted. */
    private static long threadCpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported()
                        && !Thread.currentThread().isVirtual()
                ? THREADS.getCurrentThreadCpuTime()
                : 0;
    }
}
