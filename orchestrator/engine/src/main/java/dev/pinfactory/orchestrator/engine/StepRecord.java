package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.StepReport;
import java.util.List;

/**
 * How one step ended, for the merge and for people.
 *
 * @param outcome of the step as a whole
 * @param items of a for_each step: the outcome of each item, in input order; empty for a single call
 * @param report the same as the caller sees it: specialist, version, times, attempts, cost
 */
public record StepRecord(StepOutcome outcome, List<StepOutcome> items, StepReport report) {
    public StepRecord {
        items = List.copyOf(items);
    }

    public String step() {
        return report.getStep();
    }
}
