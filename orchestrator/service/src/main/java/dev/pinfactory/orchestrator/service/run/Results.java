package dev.pinfactory.orchestrator.service.run;

import com.google.protobuf.Struct;
import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.orchestrator.merge.Merge;
import dev.pinfactory.orchestrator.merge.MergeRequest;
import dev.pinfactory.orchestrator.merge.MergeResult;
import dev.pinfactory.orchestrator.merge.MergeSettings;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskError;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a task looks like to its caller, from being accepted to its end. */
public final class Results {
    private Results() {}

    /** Accepted, and nothing more. */
    public static TaskResult queued(String taskId, Task task, Instant createdAt, String traceId) {
        return TaskResult.newBuilder()
                .setTaskId(taskId)
                .setState(TaskResult.State.QUEUED)
                .putAllLabels(task.getLabelsMap())
                .setCreatedAt(EventStamp.timestamp(createdAt))
                .setTraceId(traceId)
                .build();
    }

    static TaskResult running(TaskResult before, Instant at) {
        return before.toBuilder()
                .setState(TaskResult.State.RUNNING)
                .setStartedAt(EventStamp.timestamp(at))
                .build();
    }

    static TaskResult planned(TaskResult before, PlanCommit commit) {
        return before.toBuilder()
                .setPlan(commit.getPlan())
                .setPlanningTime(commit.getPlanningTime())
                .build();
    }

    static TaskResult refused(TaskResult before, Planned.Refused refused, Instant at) {
        return before.toBuilder()
                .setState(TaskResult.State.ENDED)
                .setStatus(TaskResult.Status.REFUSED)
                .setRefusal(refused.refusal())
                .setCost(refused.cost())
                .setPlanningTime(com.google.protobuf.util.Durations.fromNanos(
                        refused.planningTime().toNanos()))
                .setEndedAt(EventStamp.timestamp(at))
                .build();
    }

    /** Ended before any step ran. */
    static TaskResult failed(TaskResult before, ErrorCode code, String message, Instant at) {
        TaskResult.Status status = code == ErrorCode.CANCELLED ? TaskResult.Status.CANCELLED : TaskResult.Status.FAILED;
        return before.toBuilder()
                .setState(TaskResult.State.ENDED)
                .setStatus(status)
                .setError(TaskError.newBuilder().setCode(code.name()).setMessage(message))
                .setEndedAt(EventStamp.timestamp(at))
                .build();
    }

    /** Ended by running: merged. */
    static TaskResult ended(
            TaskResult before,
            Task task,
            List<Artifact> inputs,
            PlanCommit commit,
            Contracts contracts,
            Ending ending,
            Instant at) {
        Constraints constraints = task.getConstraints();
        MergeSettings defaults = MergeSettings.defaults();
        MergeSettings settings = constraints.hasMinFieldConfidence()
                ? defaults.withMinFieldConfidence(constraints.getMinFieldConfidence())
                : defaults;
        Optional<Struct> schema = task.hasOutputSchema() ? Optional.of(task.getOutputSchema()) : Optional.empty();
        MergeResult merged =
                Merge.execute(new MergeRequest(commit.getPlan(), contracts, schema, ending.steps(), inputs), settings);
        boolean allowPartial = !constraints.hasAllowPartial() || constraints.getAllowPartial();
        TaskResult.Builder result = before.toBuilder()
                .setState(TaskResult.State.ENDED)
                .setStatus(merged.status(ending.status(), allowPartial))
                .setOutput(merged.output())
                .putAllProvenance(merged.provenance())
                .addAllConflicts(merged.conflicts())
                .addAllMissing(merged.missing())
                .setNeedsReview(merged.needsReview())
                .addAllSteps(ending.steps().stream().map(StepRecord::report).toList())
                .setPlan(commit.getPlan())
                .setCost(sum(ending.cost(), commit.getPlanningCost()))
                .setEndedAt(EventStamp.timestamp(at));
        ending.error().ifPresent(result::setError);
        if (result.getStatus() == TaskResult.Status.FAILED && !result.hasError()) {
            result.setError(incomplete(merged.missing()));
        }
        return result.build();
    }

    /** The steps went well, and yet not everything is there that the caller insists on. */
    private static TaskError incomplete(List<Missing> missing) {
        TaskError.Builder error = TaskError.newBuilder().setCode(ErrorCode.FAILED_PRECONDITION.name());
        if (missing.isEmpty()) {
            return error.setMessage("no deliverable step succeeded").build();
        }
        Missing first = missing.get(0);
        return error.setStep(first.getStep())
                .setMessage("partial results are not allowed, and '" + first.getPointer() + "' is missing: "
                        + first.getReason())
                .build();
    }

    private static Cost sum(Cost steps, Cost planning) {
        Cost.Builder sum = steps.toBuilder()
                .setLlmTokens(steps.getLlmTokens() + planning.getLlmTokens())
                .setCpuSeconds(steps.getCpuSeconds() + planning.getCpuSeconds());
        if (!steps.hasLlm() && planning.hasLlm()) {
            sum.setLlm(planning.getLlm());
        } else if (steps.hasLlm()
                && planning.hasLlm()
                && steps.getLlm().getCurrency().equals(planning.getLlm().getCurrency())) {
            sum.getLlmBuilder()
                    .setValue(new java.math.BigDecimal(steps.getLlm().getValue())
                            .add(new java.math.BigDecimal(planning.getLlm().getValue()))
                            .toPlainString());
        }
        return sum.build();
    }
}
