package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.TaskErased;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Tells that a task was erased; nothing else of it. */
final class Erasures {
    private Erasures() {}

    static Event event(String tenant, String taskId, Instant at) {
        return Event.newBuilder()
                .setId(UUID.nameUUIDFromBytes(("erased/" + taskId).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setTime(Rows.timestamp(Rows.time(at)))
                .setTenant(tenant)
                .setTaskErased(TaskErased.newBuilder().setTaskId(taskId))
                .build();
    }
}
