package dev.pinfactory.orchestrator.service.run;

import com.google.protobuf.Timestamp;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.StepStarted;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;

/** Gives the events of one task their sequence. Used by one thread. */
public final class EventStamp {
    private final String taskId;
    private long sequence;

    /** @param last sequence of the last event there is */
    public EventStamp(String taskId, long last) {
        this.taskId = taskId;
        this.sequence = last;
    }

    public TaskEvent state(Instant at, TaskResult.State state) {
        return next(at).setStateChanged(state).build();
    }

    TaskEvent planned(Instant at, Plan plan) {
        return next(at).setPlanned(plan).build();
    }

    TaskEvent started(Instant at, StepStarted step) {
        return next(at).setStepStarted(step).build();
    }

    TaskEvent ended(Instant at, StepReport step) {
        return next(at).setStepEnded(step).build();
    }

    TaskEvent ended(Instant at, TaskResult result) {
        return next(at).setEnded(result).build();
    }

    private TaskEvent.Builder next(Instant at) {
        sequence++;
        return TaskEvent.newBuilder().setTaskId(taskId).setSequence(sequence).setTime(timestamp(at));
    }

    /** In microseconds, as the store keeps times. */
    public static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano() / 1_000 * 1_000)
                .build();
    }
}
