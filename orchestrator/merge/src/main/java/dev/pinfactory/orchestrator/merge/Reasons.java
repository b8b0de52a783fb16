package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.orchestrator.engine.StepOutcome;

/** Says in words why a step's output is not there. */
final class Reasons {
    private Reasons() {}

    static String of(StepOutcome outcome, String output) {
        return switch (outcome) {
            case StepOutcome.Succeeded succeeded -> "the specialist gave no '" + output + "'";
            case StepOutcome.Failed failed -> failed.code() + ": " + failed.detail();
            case StepOutcome.Abstained abstained -> "abstained: " + abstained.reason();
            case StepOutcome.Skipped skipped ->
                switch (skipped.reason()) {
                    case CONDITION -> "not needed: " + skipped.cause() + " does not hold";
                    case UPSTREAM_CONDITION -> "not needed: '" + skipped.cause() + "' was not";
                    case UPSTREAM_FAILED -> "nothing came from '" + skipped.cause() + "'";
                };
            case StepOutcome.Cancelled cancelled -> "cancelled before it ended";
        };
    }

    /** Whether the plan itself foresaw that the step might bring nothing. */
    static boolean foreseen(StepOutcome outcome) {
        return outcome instanceof StepOutcome.Skipped skipped
                && skipped.reason().byCondition();
    }
}
