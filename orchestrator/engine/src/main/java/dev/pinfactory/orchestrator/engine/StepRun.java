package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where one step stands. */
final class StepRun {
    final int index;
    final Step step;
    final List<Candidate> candidates;
    final boolean required;
    final ArrayList<Unit> units = new ArrayList<>(1);

    /** How many of the steps that it needs have not ended. */
    int needs;

    /** The first unit that was not called yet. */
    int nextUnit;

    /** Units whose calls have not brought an outcome. */
    int flying;

    /** Whether units are being called just now. */
    boolean filling;

    /** Units whose outcome is not settled. */
    int open;

    Prepared.@Nullable Ready prepared;

    private Map<OptionalInt, StepCommit> journal = Map.of();
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable StepOutcome outcome;
    private @Nullable StepRecord record;

    StepRun(int index, Step step, List<Candidate> candidates, boolean required, int needs) {
        this.index = index;
        this.step = step;
        this.candidates = candidates;
        this.required = required;
        this.needs = needs;
    }

    String id() {
        return step.getId();
    }

    boolean isIterated() {
        return !step.getForEach().isEmpty();
    }

    boolean ended() {
        return outcome != null;
    }

    /** Only of a step that has ended. */
    StepOutcome outcome() {
        return Objects.requireNonNull(outcome);
    }

    Optional<Unit> unit(OptionalInt item) {
        int i = item.orElse(0);
        boolean fits = item.isPresent() == isIterated() && i >= 0 && i < units.size();
        return fits ? Optional.of(units.get(i)) : Optional.empty();
    }

    /** Takes what the journal says of the step or an item; false when it has said so before. */
    boolean journal(OptionalInt item, StepCommit commit) {
        if (journal.isEmpty()) {
            journal = new HashMap<>();
        }
        return journal.putIfAbsent(item, commit) == null;
    }

    /** What the journal says of the step or an item. */
    @Nullable
    StepCommit journaled(OptionalInt item) {
        return journal.get(item);
    }

    void begin(Instant now) {
        startedAt = now;
    }

    void end(Instant now, StepOutcome how) {
        outcome = how;
        endedAt = now;
    }

    /** Whether all of it is from the journal, or never ran. */
    boolean restored() {
        for (Unit unit : units) {
            if (!unit.restored()) {
                return false;
            }
        }
        return !units.isEmpty();
    }

    /** Whether one item's failure has decided the step. */
    boolean isHopeless() {
        return isIterated()
                && required
                && units.stream()
                        .anyMatch(unit -> unit.settled() && !(unit.outcome() instanceof StepOutcome.Succeeded));
    }

    boolean hasGaps() {
        return isIterated() && units.stream().anyMatch(unit -> !(unit.outcome() instanceof StepOutcome.Succeeded));
    }

    /** What its units make of the step. All have an outcome. */
    StepOutcome result() {
        if (!isIterated()) {
            return Objects.requireNonNull(units.getFirst().outcome());
        }
        return Items.aggregate(candidates.getFirst().contract(), itemOutcomes(), required);
    }

    /** @param cancelledBy what a step that was cut off names as its code */
    StepRecord describe(ErrorCode cancelledBy) {
        StepReport.Builder report;
        if (!isIterated() && units.size() == 1) {
            report = Reports.report(id(), outcome(), units.getFirst());
        } else {
            report = Reports.outcome(StepReport.newBuilder().setStep(id()), outcome());
            Cost cost = Cost.getDefaultInstance();
            for (Unit unit : units) {
                cost = Costs.plus(cost, unit.cost());
                report.addAllAttempts(unit.attempts());
                report.addItems(Reports.item(unit.item().orElse(0), outcomeOf(unit)));
                if (!unit.specialist().isEmpty() && report.getSpecialist().isEmpty()) {
                    report.setSpecialist(unit.specialist()).setVersion(unit.version());
                }
            }
            report.setCost(cost);
        }
        if (outcome() instanceof StepOutcome.Cancelled) {
            report.setCode(cancelledBy.name());
        }
        if (startedAt != null) {
            report.setStartedAt(Times.timestamp(startedAt));
        }
        if (endedAt != null) {
            report.setEndedAt(Times.timestamp(endedAt));
        }
        record = new StepRecord(outcome(), isIterated() ? itemOutcomes() : List.of(), report.build());
        return record;
    }

    /** Only of a step that was described. */
    StepRecord record() {
        return Objects.requireNonNull(record);
    }

    private List<StepOutcome> itemOutcomes() {
        return units.stream().map(StepRun::outcomeOf).toList();
    }

    private static StepOutcome outcomeOf(Unit unit) {
        StepOutcome known = unit.outcome();
        return known != null ? known : new StepOutcome.Cancelled();
    }
}
