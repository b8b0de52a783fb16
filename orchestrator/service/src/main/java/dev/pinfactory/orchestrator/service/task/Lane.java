package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.proto.v1.Task;

/** Who waits together for a turn, the most urgent first. */
enum Lane {
    /** Somebody waits for the result. */
    WAITED_FOR,
    /** Written down, to be looked for later. */
    ACCEPTED,
    /** Has time. */
    BATCH;

    static Lane of(Task.Priority priority, boolean waitedFor) {
        if (priority == Task.Priority.BATCH) {
            return BATCH;
        }
        return waitedFor ? WAITED_FOR : ACCEPTED;
    }
}
