package dev.pinfactory.orchestrator.cli;

import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskEvent;
import java.io.PrintWriter;

/** One line on standard error for each thing that happens to a task. */
final class Progress {
    private final PrintWriter err;

    Progress(PrintWriter err) {
        this.err = err;
    }

    void show(TaskEvent event) {
        switch (event.getEventCase()) {
            case PLANNED -> {
                int steps = event.getPlanned().getStepsCount();
                err.println("planned: " + steps + (steps == 1 ? " step" : " steps"));
            }
            case STEP_ENDED -> {
                StepReport step = event.getStepEnded();
                err.println(step.getStep() + ": " + step.getOutcome().name().toLowerCase(java.util.Locale.ROOT)
                        + (step.getCode().isEmpty() ? "" : " (" + step.getCode() + ")"));
            }
            case STATE_CHANGED, STEP_STARTED, ENDED, EVENT_NOT_SET -> {
                return;
            }
        }
        err.flush();
    }
}
