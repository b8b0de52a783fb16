package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;

/** Reads the status off the outcomes as CONTRACTS words it, independently of the engine's own rule. */
final class Oracle {
    private Oracle() {}

    static TaskResult.Status status(Scenario scenario, Ending ending, boolean cancelled) {
        if (cancelled) {
            return TaskResult.Status.CANCELLED;
        }
        List<Step> steps = scenario.request().plan().getStepsList();
        boolean allowPartial = scenario.settings().allowPartial();
        long failedRequired = 0;
        long wanted = 0;
        long delivered = 0;
        long whole = 0;
        for (int i = 0; i < steps.size(); i++) {
            StepRecord record = ending.steps().get(i);
            boolean foreseen = record.outcome() instanceof StepOutcome.Skipped skipped
                    && skipped.reason().byCondition();
            boolean succeeded = record.outcome() instanceof StepOutcome.Succeeded;
            boolean required = steps.get(i).getRequired() || (steps.get(i).getDeliverable() && !allowPartial);
            failedRequired += required && !succeeded && !foreseen ? 1 : 0;
            if (steps.get(i).getDeliverable() && !foreseen) {
                wanted++;
                delivered += succeeded ? 1 : 0;
                boolean allItems = record.items().stream().allMatch(item -> item instanceof StepOutcome.Succeeded);
                whole += succeeded && allItems ? 1 : 0;
            }
        }
        if (failedRequired > 0 || (wanted > 0 && delivered == 0)) {
            return TaskResult.Status.FAILED;
        }
        return whole == wanted ? TaskResult.Status.COMPLETE : TaskResult.Status.PARTIAL;
    }
}
