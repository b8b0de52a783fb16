package dev.pinfactory.specialists.sdk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import io.grpc.Deadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On one thread: workers run when the test says so. */
class BatcherTest {
    private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
    private final List<List<String>> batches = new ArrayList<>();
    private final RecordingModel model = new RecordingModel();

    /** Answers everything but the word "bad", for which it throws. */
    private final class RecordingModel implements SpecialistModel {
        private boolean closed;

        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            List<String> texts = batch.stream().map(item -> item.text("text")).toList();
            batches.add(texts);
            if (texts.contains("bad")) {
                throw new IllegalStateException("secret content");
            }
            return texts.stream().map(InferenceResult::abstained).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void anIdleWorkerTakesTheFirstCallAtOnceAndAlone() {
        Batcher batcher = batcher(8, 1, 4);
        CompletableFuture<Answer> first = submit(batcher, "a");
        runWorkers();
        assertThat(reason(first)).isEqualTo("a");
        assertThat(batches).containsExactly(List.of("a"));
    }

    @Test
    void callsThatWaitRunTogetherUpToTheLimit() {
        Batcher batcher = batcher(8, 1, 3);
        List<CompletableFuture<Answer>> calls = List.of("a", "b", "c", "d").stream()
                .map(text -> submit(batcher, text))
                .toList();
        runWorkers();
        assertThat(batches).containsExactly(List.of("a", "b", "c"), List.of("d"));
        assertThat(calls).extracting(BatcherTest::reason).containsExactly("a", "b", "c", "d");
    }

    @Test
    void noMoreWorkersStartThanAllowed() {
        Batcher batcher = batcher(8, 2, 1);
        List.of("a", "b", "c").forEach(text -> submit(batcher, text));
        assertThat(workers).hasSize(2);
    }

    @Test
    void aFullQueueRefusesAndSaysWhenToComeBack() {
        Batcher batcher = batcher(2, 1, 4);
        submit(batcher, "a");
        submit(batcher, "b");
        assertThatThrownBy(() -> submit(batcher, "c")).isInstanceOfSatisfying(PinfactoryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SPECIALIST_OVERLOADED);
            assertThat(e.retryAfter()).isPresent();
        });
    }

    @Test
    void aCancelledCallMakesRoomAndNeverRuns() {
        Batcher batcher = batcher(2, 1, 4);
        submit(batcher, "a");
        submit(batcher, "b").cancel(false);
        submit(batcher, "c");
        runWorkers();
        assertThat(batches).containsExactly(List.of("a", "c"));
    }

    @Test
    void aCallWhoseDeadlineHasPassedNeverRuns() {
        Batcher batcher = batcher(8, 1, 4);
        Deadline passed = Deadline.after(-1, TimeUnit.MILLISECONDS);
        CompletableFuture<Answer> late = batcher.submit(
                new Inference(Inference.ofText("text", "late").inputs(), Map.of(), () -> false, Optional.of(passed)));
        submit(batcher, "a");
        runWorkers();
        assertThat(batches).containsExactly(List.of("a"));
        assertThat(late).isCancelled();
    }

    @Test
    void whoeverHasGoneIsNotRunAgainBesideABadItem() {
        Batcher batcher = batcher(8, 1, 4);
        CompletableFuture<Answer> gone = batcher.submit(
                new Inference(Inference.ofText("text", "gone").inputs(), Map.of(), () -> !batches.isEmpty()));
        submit(batcher, "bad");
        runWorkers();
        assertThat(batches).containsExactly(List.of("gone", "bad"), List.of("bad"));
        assertThat(gone).isCancelled();
    }

    @Test
    void oneBadItemFailsAlone() {
        Batcher batcher = batcher(8, 1, 4);
        CompletableFuture<Answer> good = submit(batcher, "a");
        CompletableFuture<Answer> bad = submit(batcher, "bad");
        runWorkers();
        assertThat(reason(good)).isEqualTo("a");
        assertThat(bad).failsWithin(java.time.Duration.ZERO);
        assertThat(bad.exceptionNow()).isInstanceOfSatisfying(PinfactoryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SPECIALIST_FAILED);
            assertThat(e.getMessage()).doesNotContain("secret");
        });
    }

    @Test
    void aRetiredModelIsClosedAfterItsLastCall() {
        Batcher batcher = batcher(8, 1, 4);
        CompletableFuture<Answer> last = submit(batcher, "a");
        batcher.retire();
        assertThat(model.closed).isFalse();
        assertThatThrownBy(() -> submit(batcher, "b")).isInstanceOf(Batcher.RetiredException.class);
        runWorkers();
        assertThat(reason(last)).isEqualTo("a");
        assertThat(model.closed).isTrue();
    }

    @Test
    void anIdleModelIsClosedWhenItRetires() {
        batcher(8, 1, 4).retire();
        assertThat(model.closed).isTrue();
    }

    private Batcher batcher(int capacity, int workerLimit, int batchSize) {
        ServingMetrics metrics = new ServingMetrics(new SimpleMeterRegistry(), "s", "1");
        return new Batcher(
                "s",
                model,
                new ServingSettings(capacity, workerLimit, batchSize),
                new BatchRun("s", model, metrics),
                workers::add);
    }

    private static CompletableFuture<Answer> submit(Batcher batcher, String text) {
        return batcher.submit(Inference.ofText("text", text));
    }

    private void runWorkers() {
        while (!workers.isEmpty()) {
            workers.remove().run();
        }
    }

    private static String reason(CompletableFuture<Answer> call) {
        return ((InferenceResult.Abstained) call.resultNow().result()).reason();
    }
}
