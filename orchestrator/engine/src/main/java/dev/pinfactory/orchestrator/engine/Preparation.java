package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.Optional;

/** Decides whether a step runs, once everything that it needs has ended: its condition first, then its inputs. */
final class Preparation {
    private final Bindings bindings;

    Preparation(Bindings bindings) {
        this.bindings = bindings;
    }

    Prepared prepare(StepRun run) {
        Optional<Prepared> skipped = run.step.hasWhen() ? condition(run) : Optional.empty();
        if (skipped.isPresent()) {
            return skipped.get();
        }
        if (run.candidates.isEmpty()) {
            return invalid(ErrorCode.PLAN_INVALID, "there is no contract of '" + run.step.getSpecialist() + "'");
        }
        Prepared prepared = bindings.prepare(run.step, run.candidates.getFirst().contract());
        if (!(prepared instanceof Prepared.Ready ready) || !run.isIterated()) {
            return prepared;
        }
        if (ready.items().isEmpty()) {
            return invalid(ErrorCode.PLAN_INVALID, "'" + run.step.getForEach() + "' is not bound");
        }
        return prepared;
    }

    /** Why the condition skips the step; empty when it holds. */
    private Optional<Prepared> condition(StepRun run) {
        StepOutput output = run.step.getWhen().getOutput();
        Bindings.Sourced sourced = bindings.stepOutput(output);
        if (sourced.problem().isPresent()) {
            return sourced.problem();
        }
        boolean isThere = run.step.getWhen().getOperator() == Condition.Operator.EXISTS
                && output.getPointer().isEmpty();
        boolean holds = isThere
                || ConditionRule.holds(
                        run.step.getWhen(),
                        Source.valueAt(sourced.elements().getFirst().orElseThrow(), output.getPointer()));
        String words = output.getStep() + " " + output.getOutput() + output.getPointer() + " "
                + run.step.getWhen().getOperator();
        return holds ? Optional.empty() : Optional.of(new Prepared.Unavailable(SkipReason.CONDITION, words));
    }

    private static Prepared invalid(ErrorCode code, String detail) {
        return new Prepared.Invalid(code, detail);
    }
}
