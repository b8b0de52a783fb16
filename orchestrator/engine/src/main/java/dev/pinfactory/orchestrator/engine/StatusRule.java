package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TaskError;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What the outcomes of all steps make of the task. */
final class StatusRule {
    /** Why an execution stops. */
    enum Stop {
        /** Every step ended. */
        DONE,
        /** A required step did not succeed. */
        REQUIRED_STEP,
        DEADLINE,
        CANCELLED
    }

    /** Status and error. */
    record Decision(TaskResult.Status status, Optional<TaskError> error) {}

    private StatusRule() {}

    /** @param hasGaps whether some item of a step, by its index, did not succeed */
    static Decision decide(
            Plan plan,
            boolean allowPartial,
            List<StepOutcome> outcomes,
            IntPredicate hasGaps,
            Stop stop,
            String reason) {
        if (stop == Stop.CANCELLED) {
            return new Decision(TaskResult.Status.CANCELLED, Optional.of(error(ErrorCode.CANCELLED, reason, "")));
        }
        List<Integer> unsuccessful = new ArrayList<>();
        boolean anyDelivered = false;
        boolean gaps = plan.getUnmetCount() > 0;
        for (int i = 0; i < outcomes.size(); i++) {
            Step step = plan.getSteps(i);
            StepOutcome outcome = outcomes.get(i);
            boolean failed = isFailure(outcome);
            if (failed && isRequired(step, allowPartial)) {
                TaskError error = stop == Stop.DEADLINE && outcome instanceof StepOutcome.Cancelled
                        ? deadline(step.getId())
                        : errorOf(plan, i, outcomes);
                return new Decision(TaskResult.Status.FAILED, Optional.of(error));
            }
            if (step.getDeliverable()) {
                anyDelivered |= outcome instanceof StepOutcome.Succeeded;
                gaps |= hasGaps.test(i);
                if (failed) {
                    unsuccessful.add(i);
                }
            }
        }
        if (!unsuccessful.isEmpty() && !anyDelivered) {
            int first = unsuccessful.getFirst();
            TaskError error = stop == Stop.DEADLINE ? deadline("") : errorOf(plan, first, outcomes);
            return new Decision(TaskResult.Status.FAILED, Optional.of(error));
        }
        boolean complete = unsuccessful.isEmpty() && !gaps;
        return new Decision(complete ? TaskResult.Status.COMPLETE : TaskResult.Status.PARTIAL, Optional.empty());
    }

    static boolean isRequired(Step step, boolean allowPartial) {
        return step.getRequired() || (!allowPartial && step.getDeliverable());
    }

    /** Whether the outcome is worse than what the plan foresaw. */
    static boolean isFailure(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Succeeded succeeded -> false;
            case StepOutcome.Skipped skipped -> !skipped.reason().byCondition();
            case StepOutcome.Failed failed -> true;
            case StepOutcome.Abstained abstained -> true;
            case StepOutcome.Cancelled cancelled -> true;
        };
    }

    private static TaskError deadline(String step) {
        return error(ErrorCode.DEADLINE_EXCEEDED, "the task's deadline passed", step);
    }

    /** What went wrong first: a skipped step is blamed on the step that it waited for. */
    private static TaskError errorOf(Plan plan, int index, List<StepOutcome> outcomes) {
        String step = plan.getSteps(index).getId();
        return switch (outcomes.get(index)) {
            case StepOutcome.Failed failed -> error(failed.code(), failed.detail(), step);
            case StepOutcome.Abstained abstained ->
                error(ErrorCode.LOW_CONFIDENCE, "step '" + step + "' abstained: " + abstained.reason(), step);
            case StepOutcome.Skipped skipped -> {
                int cause = indexOf(plan, skipped.cause());
                boolean blamed = cause >= 0 && cause != index && isFailure(outcomes.get(cause));
                String message = "step '" + step + "' could not run: nothing came from " + skipped.cause();
                yield blamed ? errorOf(plan, cause, outcomes) : error(ErrorCode.SPECIALIST_FAILED, message, step);
            }
            case StepOutcome.Cancelled cancelled ->
                error(ErrorCode.CANCELLED, "step '" + step + "' was cancelled", step);
            case StepOutcome.Succeeded succeeded -> throw new IllegalArgumentException("step '" + step + "' succeeded");
        };
    }

    private static int indexOf(Plan plan, String step) {
        for (int i = 0; i < plan.getStepsCount(); i++) {
            if (plan.getSteps(i).getId().equals(step)) {
                return i;
            }
        }
        return -1;
    }

    private static TaskError error(ErrorCode code, String message, String step) {
        return TaskError.newBuilder()
                .setCode(code.name())
                .setMessage(message)
                .setStep(step)
                .build();
    }
}
