package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What holds when many call, and when callers go away. */
final class LoadChecks {
    private static final int CONCURRENCY = 16;
    private static final int ABANDONED_CALLS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);
    /** A specialist that goes on computing for nobody is later than this by far: it has 64 calls to finish first. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** Each of a few workers is in the middle of one, and they share the processors. */
    private static final int BEGUN_AT_MOST = 4;

    private final Subject subject;

    LoadChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> checks() {
        return List.of(
                subject.check("answers 16 at a time as it does one at a time", this::concurrencyChangesNothing),
                subject.check("stops when the deadline has passed", () -> comesFree(SHORT, false)),
                subject.check("stops when the caller cancels", () -> comesFree(PATIENCE, true)));
    }

    private void concurrencyChangesNothing() {
        List<InferRequest> requests = new ArrayList<>();
        while (requests.size() < CONCURRENCY) {
            InferRequest sample =
                    subject.samples().get(requests.size() % subject.samples().size());
            // Distinct inputs, so that answers given to the wrong caller are noticed.
            int number = requests.size();
            requests.add(subject.takesText() && number >= subject.samples().size() ? varied(number) : sample);
        }
        List<InferResponse> serial =
                requests.stream().map(subject.connection()::infer).toList();
        List<CompletableFuture<InferResponse>> parallel = requests.stream()
                .map(request -> subject.connection().start(request, PATIENCE))
                .toList();
        for (int i = 0; i < requests.size(); i++) {
            InferResponse expected = AnswerChecks.withoutCost(serial.get(i));
            ContractViolation.unless(
                    AnswerChecks.withoutCost(join(parallel.get(i))).equals(expected),
                    "call " + i + " of " + CONCURRENCY + " at a time got another answer than alone");
        }
    }

    /** Leaves many calls behind, then asks for one more: it must not wait for those that nobody wants. */
    private void comesFree(Duration deadline, boolean cancel) {
        InferRequest heavy = subject.takesText() ? subject.withText(AnswerChecks::large) : subject.sample();
        Duration alone = timeOf(subject.sample());
        // What a worker has begun it may finish: nobody can stop in the middle of everything.
        Duration begun = timeOfHeavy(heavy);
        abandon(heavy, deadline, cancel);
        Duration after = timeOf(subject.sample());
        Duration bound = GRACE.plus(alone.multipliedBy(3)).plus(begun.multipliedBy(BEGUN_AT_MOST));
        ContractViolation.unless(
                after.compareTo(bound) <= 0,
                "after " + ABANDONED_CALLS + " calls that nobody waits for, one more took " + after.toMillis()
                        + " ms (alone " + alone.toMillis() + " ms, one of those " + begun.toMillis()
                        + " ms): it still computes for callers that have gone");
    }

    /** On a connection of its own: a server may close one on which so many calls are given up. */
    private void abandon(InferRequest heavy, Duration deadline, boolean cancel) {
        try (Connection connection = subject.connection().another()) {
            List<CompletableFuture<InferResponse>> calls = new ArrayList<>();
            for (int i = 0; i < ABANDONED_CALLS; i++) {
                calls.add(connection.start(heavy, deadline));
            }
            if (cancel) {
                // The first answer shows that the calls have arrived; a slow specialist gets a moment.
                CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new))
                        .completeOnTimeout("", SHORT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                        .exceptionally(failure -> "")
                        .join();
                calls.forEach(call -> call.cancel(true));
            }
            calls.forEach(call -> call.exceptionally(failure -> InferResponse.getDefaultInstance())
                    .join());
        }
    }

    private Duration timeOfHeavy(InferRequest heavy) {
        long start = System.nanoTime();
        // A text that is too large for it is refused, and then costs nothing.
        subject.connection()
                .start(heavy, PATIENCE)
                .exceptionally(failure -> InferResponse.getDefaultInstance())
                .join();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Duration timeOf(InferRequest request) {
        long start = System.nanoTime();
        try {
            subject.connection().infer(request);
        } catch (StatusRuntimeException e) {
            throw new ContractViolation(
                    "a sample was answered with " + e.getStatus().getCode());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private InferRequest varied(int number) {
        return subject.withText(text -> text + " Number " + number + ".");
    }

    private static InferResponse join(CompletableFuture<InferResponse> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw new ContractViolation(
                    "a call failed while others ran: " + Errors.fromThrowable(e).getMessage());
        }
    }
}
