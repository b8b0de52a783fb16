package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.v1.Task;

/** Whether a task may be learnt from: only where a label of it says so. */
public final class TrainingConsent {
    static final String LABEL = "training-consent";
    static final String GIVEN = "true";

    private TrainingConsent() {}

    public static boolean isGiven(Task task) {
        return task.getLabelsOrDefault(LABEL, "").equals(GIVEN);
    }
}
