package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.TaskError;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import java.util.Optional;

/**
 * How an execution ended.
 *
 * @param status as the steps alone decide it. The merge may still turn COMPLETE into PARTIAL, when a required field stays unfilled
 * @param error why, for FAILED and CANCELLED
 * @param steps one record for each step, in the plan's order
 * @param cost of all calls that answered
 */
public record Ending(TaskResult.Status status, Optional<TaskError> error, List<StepRecord> steps, Cost cost) {
    public Ending {
        steps = List.copyOf(steps);
    }
}
