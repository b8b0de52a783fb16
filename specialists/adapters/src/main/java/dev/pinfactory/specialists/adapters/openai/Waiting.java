package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.InferenceResult.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Works on the items of a batch side by side, and stops each one for which nobody waits any longer. */
final class Waiting {
    static final Failed NOBODY_WAITS =
            new Failed(ErrorCode.SPECIALIST_TIMEOUT, "nobody waits for the answer any longer");

    /** How late a cancellation may reach the server. */
    private static final long CHECK_MILLIS = 10;

    private final List<Inference> items;
    private final List<Future<InferenceResult>> answers;

    /** Answers one item; interrupted when it is no longer waited for. */
    interface Work {
        InferenceResult answer(Inference item) throws InterruptedException;
    }

    Waiting(List<Inference> items, ExecutorService threads, Work work) {
        this.items = items;
        this.answers = items.stream()
                .map(item -> threads.submit((Callable<InferenceResult>) () -> work.answer(item)))
                .toList();
    }

    List<InferenceResult> results() {
        List<InferenceResult> results = new ArrayList<>();
        for (Future<InferenceResult> answer : answers) {
            results.add(result(answer));
        }
        return results;
    }

    private InferenceResult result(Future<InferenceResult> answer) {
        while (true) {
            stopWhatNobodyWaitsFor();
            try {
                return answer.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (CancellationException e) {
                return NOBODY_WAITS;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                return NOBODY_WAITS;
            } catch (InterruptedException e) {
                answers.forEach(each -> each.cancel(true));
                Thread.currentThread().interrupt();
                return new Failed(ErrorCode.SPECIALIST_UNAVAILABLE, "this process is ending");
            }
        }
    }

    private void stopWhatNobodyWaitsFor() {
        for (int i = 0; i < items.size(); i++) {
            if (!answers.get(i).isDone() && items.get(i).cancelled()) {
                answers.get(i).cancel(true);
            }
        }
    }
}
