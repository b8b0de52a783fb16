package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.merge.MergeSettings;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why a result needs a look, place by place. What a person has said is beyond doubt. */
final class Doubts {
    private static final int MAX_DOUBTS = 200;

    private Doubts() {}

    /** In the order of places; at most 200. */
    static List<Doubt> of(Task request, TaskResult result) {
        List<Doubt> doubts = new ArrayList<>();
        result.getConflictsList().stream()
                .filter(conflict -> !conflict.getResolved())
                .forEach(conflict -> doubts.add(disputed(result, conflict)));
        result.getMissingList().stream()
                .filter(missing -> !missing.getPointer().isEmpty())
                .forEach(missing -> doubts.add(missing(missing)));
        double floor = floor(request);
        Map<String, Provenance> provenance = new TreeMap<>(result.getProvenanceMap());
        provenance.forEach((pointer, where) -> {
            if (where.getConfidence() < floor && where.getCorrectedBy().isEmpty()) {
                doubts.add(unsure(result, pointer, where, floor));
            }
        });
        return doubts.subList(0, Math.min(MAX_DOUBTS, doubts.size()));
    }

    private static double floor(Task request) {
        return request.getConstraints().hasMinFieldConfidence()
                ? request.getConstraints().getMinFieldConfidence()
                : MergeSettings.defaults().minFieldConfidence();
    }

    private static Doubt disputed(TaskResult result, Conflict conflict) {
        return Doubt.newBuilder()
                .setPointer(conflict.getPointer())
                .setReason(Doubt.Reason.CONFLICT)
                .setValue(valueAt(result, conflict.getPointer()))
                .setDetail(conflict.getCandidatesCount() + " values, with a margin of "
                        + Math.round(100 * conflict.getMargin()) + " %")
                .build();
    }

    private static Doubt missing(Missing missing) {
        return Doubt.newBuilder()
                .setPointer(missing.getPointer())
                .setReason(Doubt.Reason.MISSING)
                .setValue(Places.orNull(Value.getDefaultInstance()))
                .setDetail(missing.getReason())
                .build();
    }

    private static Doubt unsure(TaskResult result, String pointer, Provenance where, double floor) {
        return Doubt.newBuilder()
                .setPointer(pointer)
                .setReason(Doubt.Reason.LOW_CONFIDENCE)
                .setValue(valueAt(result, pointer))
                .setConfidence(where.getConfidence())
                .setDetail("%.0f %% sure, asked for are %.0f %%".formatted(100 * where.getConfidence(), 100 * floor))
                .build();
    }

    private static Value valueAt(TaskResult result, String pointer) {
        return Places.orNull(JsonPointer.parse(pointer)
                .flatMap(at -> at.in(result.getOutput()))
                .orElse(Value.getDefaultInstance()));
    }
}
