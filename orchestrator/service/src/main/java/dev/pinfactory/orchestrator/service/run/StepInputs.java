package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the calls of a run were given, until their steps have ended: learning needs it, and only where the task may be learnt from. Of a step that was tried with
 * several specialists, the last one's. Bounded: what goes beyond is told without its content.
 */
final class StepInputs {
    private static final int MAX_TASK_BYTES = 1 << 20;

    private record Place(String step, int item) {}

    private final boolean wanted;
    private final Map<Place, List<Artifact>> inputs = new HashMap<>();
    private int bytes;

    StepInputs(boolean wanted) {
        this.wanted = wanted;
    }

    void add(CallId call, InferRequest request) {
        if (!wanted) {
            return;
        }
        inputs.put(
                new Place(call.step(), call.item().orElse(-1)),
                request.getInputsList().stream().map(this::bounded).toList());
    }

    private Artifact bounded(Artifact input) {
        Artifact small = OutboxEvents.small(input);
        if (bytes + small.getSerializedSize() > MAX_TASK_BYTES) {
            return small.toBuilder()
                    .clearContent()
                    .clearSegments()
                    .clearLeaves()
                    .clearOffsetMap()
                    .build();
        }
        bytes += small.getSerializedSize();
        return small;
    }

    /** @param item -1 for a single call */
    List<Artifact> take(String step, int item) {
        List<Artifact> taken = inputs.remove(new Place(step, item));
        return taken == null ? List.of() : taken;
    }
}
