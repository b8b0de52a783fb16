package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Task;

/** What a router is told of a task: nothing of the content of its inputs. */
public final class PlanRequests {
    private PlanRequests() {}

    static PlanRequest.Builder of(Task task) {
        PlanRequest.Builder request =
                PlanRequest.newBuilder().setInstruction(task.getInstruction()).setConstraints(task.getConstraints());
        task.getInputsList().forEach(input -> request.addInputs(TaskShape.describe(input)));
        if (task.hasOutputSchema()) {
            request.setOutputSchema(task.getOutputSchema());
        }
        return request;
    }

    /** What decides on the plan alone: tasks that ask for the same at another time, or in more or less of a hurry, are equal in it. */
    public static PlanRequest withoutTime(Task task) {
        PlanRequest.Builder request = of(task);
        Constraints constraints = task.getConstraints().toBuilder()
                .clearDeadline()
                .clearTimeout()
                .clearCostCeiling()
                .clearMinFieldConfidence()
                .build();
        return constraints.equals(Constraints.getDefaultInstance())
                ? request.clearConstraints().build()
                : request.setConstraints(constraints).build();
    }
}
