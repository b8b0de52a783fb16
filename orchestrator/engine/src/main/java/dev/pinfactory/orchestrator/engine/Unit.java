package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Attempt;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.StepReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is called, retried with fallbacks and committed as one: a step that is not iterated, or one item of a for_each step.
 *
 * <p>When the fallbacks are used up, the most confident answer below the floor is better than an abstention, and that is better than a failure.
 */
final class Unit {
    private final String step;
    private final OptionalInt item;
    private final List<Attempt> attempts = new ArrayList<>(1);

    private @Nullable Flight flight;
    private @Nullable Answer bestAnswer;
    private @Nullable Answer bestGuess;
    private StepOutcome.@Nullable Failed lastFailure;
    private String abstention = "";
    /** Why candidates were not called. */
    private String passed = "";

    private String specialist = "";
    private String version = "";
    private int next;
    private Cost cost = Cost.getDefaultInstance();
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable StepOutcome outcome;
    private boolean settled;
    private boolean restored;

    Unit(String step, OptionalInt item) {
        this.step = step;
        this.item = item;
    }

    /** A call that has not been answered. */
    record Flight(CallId id, String specialist, String version, Instant since, Instant deadline) {}

    /** Outputs with who gave them. */
    private record Answer(List<Artifact> outputs, double confidence, String specialist, String version) {}

    OptionalInt item() {
        return item;
    }

    @Nullable
    Flight flight() {
        return flight;
    }

    boolean isFlying(CallId call) {
        return flight != null && flight.id.equals(call);
    }

    /** The number of the attempt that comes next. */
    int next() {
        return next;
    }

    CallId nextCall() {
        return new CallId(step, item, next);
    }

    void fly(Flight departing) {
        flight = departing;
        next = departing.id.attempt() + 1;
        startedAt = startedAt == null ? departing.since : startedAt;
    }

    /** An attempt that was not made, such as one that the budget does not allow. */
    void pass(Instant now, String notCalled, ErrorCode code, String detail) {
        lastFailure = new StepOutcome.Failed(code, detail);
        passed = passed + "; " + detail;
        specialist = notCalled;
        next++;
        startedAt = startedAt == null ? now : startedAt;
    }

    /** Outputs came. Whether they are good enough, the caller decides: see {@link #conclude}. */
    void answered(
            Instant now, List<Artifact> outputs, double confidence, boolean enough, String byVersion, Cost spent) {
        Flight landed = land(now, StepReport.Outcome.SUCCEEDED, enough ? "" : ErrorCode.LOW_CONFIDENCE.name(), spent);
        if (bestAnswer == null || confidence > bestAnswer.confidence) {
            String answeringVersion = byVersion.isEmpty() ? landed.version : byVersion;
            bestAnswer = new Answer(outputs, confidence, landed.specialist, answeringVersion);
        }
    }

    void abstained(Instant now, String reason, List<Artifact> guess, double confidence, Cost spent) {
        Flight landed = land(now, StepReport.Outcome.ABSTAINED, reason, spent);
        abstention = reason;
        if (bestGuess == null || confidence > bestGuess.confidence) {
            bestGuess = new Answer(guess, confidence, landed.specialist, landed.version);
        }
    }

    void failed(Instant now, ErrorCode code, String detail, Cost spent) {
        Flight landed = land(now, StepReport.Outcome.FAILED, code.name(), spent);
        lastFailure = new StepOutcome.Failed(code, detail);
        specialist = landed.specialist;
        version = landed.version;
    }

    /** Nobody waits for the call any more; the caller has to say so to the specialist. */
    void cancelFlight(Instant now) {
        if (flight != null) {
            land(now, StepReport.Outcome.CANCELLED, "", Cost.getDefaultInstance());
        }
    }

    /** No attempt is left, or no time: what is known now is the outcome. */
    void conclude(Instant now) {
        if (bestAnswer != null) {
            by(bestAnswer);
            end(now, new StepOutcome.Succeeded(bestAnswer.outputs));
        } else if (bestGuess != null) {
            by(bestGuess);
            // Who might have known better and was not called belongs to the reason.
            end(now, new StepOutcome.Abstained(abstention + passed, bestGuess.outputs));
        } else if (lastFailure != null) {
            end(now, lastFailure);
        } else {
            end(now, new StepOutcome.Cancelled());
        }
    }

    /** Whether there is an answer to fall back on. */
    boolean hasAnswer() {
        return bestAnswer != null;
    }

    void end(Instant now, StepOutcome how) {
        outcome = how;
        endedAt = now;
        startedAt = startedAt == null ? now : startedAt;
    }

    /** From the journal: it ended before, and stays so. */
    void restore(StepOutcome how, StepReport report, Instant started, Instant ended) {
        outcome = how;
        startedAt = started;
        endedAt = ended;
        specialist = report.getSpecialist();
        version = report.getVersion();
        attempts.addAll(report.getAttemptsList());
        cost = report.getCost();
        settled = true;
        restored = true;
    }

    /** Its outcome may be used: it is committed, or needs no commit. */
    void settle() {
        settled = true;
    }

    boolean settled() {
        return settled;
    }

    /** Whether its outcome is from the journal, or it never ran. */
    boolean restored() {
        return restored || outcome instanceof StepOutcome.Skipped;
    }

    @Nullable
    StepOutcome outcome() {
        return outcome;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    Cost cost() {
        return cost.toBuilder().setCalls(attempts.size()).build();
    }

    String specialist() {
        return specialist;
    }

    String version() {
        return version;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    private void by(Answer answer) {
        specialist = answer.specialist;
        version = answer.version;
    }

    private Flight land(Instant now, StepReport.Outcome how, String code, Cost spent) {
        Flight landed = java.util.Objects.requireNonNull(flight);
        flight = null;
        cost = Costs.plus(cost, spent);
        Duration took = Duration.between(landed.since, now);
        Attempt.Builder attempt = Attempt.newBuilder()
                .setSpecialist(landed.specialist)
                .setVersion(landed.version)
                .setOutcome(how)
                .setCode(code)
                .setTook(Times.duration(took));
        item.ifPresent(attempt::setItem);
        attempts.add(attempt.build());
        return landed;
    }
}
