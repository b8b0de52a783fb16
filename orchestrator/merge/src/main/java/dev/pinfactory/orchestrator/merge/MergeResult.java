package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One merged result.
 *
 * @param output shaped by the caller's schema, or one key for each deliverable output
 * @param provenance one entry for each leaf of {@code output} that a step filled, by JSON Pointer
 * @param conflicts values for one place that disagree, in the order of their pointers
 * @param missing what was wanted and is not there, in the order of their pointers
 * @param needsReview a conflict has no winner, an output is missing because a step abstained, or a leaf's confidence is below the floor
 */
public record MergeResult(
        Value output,
        SortedMap<String, Provenance> provenance,
        List<Conflict> conflicts,
        List<Missing> missing,
        boolean needsReview) {
    public MergeResult {
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
        conflicts = List.copyOf(conflicts);
        missing = List.copyOf(missing);
    }

    /** The task's status: that of its steps, and PARTIAL instead of COMPLETE (FAILED, where partial is not allowed) when something is missing. */
    public TaskResult.Status status(TaskResult.Status ofSteps, boolean allowPartial) {
        boolean succeeded = ofSteps == TaskResult.Status.COMPLETE || ofSteps == TaskResult.Status.PARTIAL;
        if (!succeeded || missing.isEmpty()) {
            return ofSteps;
        }
        return allowPartial ? TaskResult.Status.PARTIAL : TaskResult.Status.FAILED;
    }
}
