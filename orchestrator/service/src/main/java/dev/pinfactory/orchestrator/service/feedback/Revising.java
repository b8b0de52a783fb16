package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Amendment;
import dev.pinfactory.proto.v1.PlanFeedback;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a task becomes by what is said of it: the output with the right values, each with who said so. State and status stay as they were: nothing ran again.
 *
 * @param request the task as it was accepted
 * @param before the task as it is
 */
record Revising(Task request, TaskResult before) {
    /**
     * What somebody says.
     *
     * @param settles whether the result needs no review from now on, whatever is still in doubt
     */
    record Statement(
            Revision.Kind kind,
            List<FeedbackRules.Place> places,
            Optional<PlanFeedback> plan,
            String note,
            boolean settles) {}

    /** With one revision more; empty where the last one by the same person said the same. */
    Optional<TaskResult> revise(Statement statement, String actor, Timestamp at) {
        Revision.Builder revision = Revision.newBuilder()
                .setNumber(before.getRevisionsCount() + 1)
                .setTime(at)
                .setActor(actor)
                .setKind(statement.kind())
                .setNote(statement.note());
        statement.plan().ifPresent(revision::setPlan);
        statement.places().forEach(place -> revision.addAmendments(amendment(place)));
        if (repeats(revision)) {
            return Optional.empty();
        }
        TaskResult.Builder after = before.toBuilder();
        statement.places().forEach(place -> correct(after, place, actor, revision.getNumber()));
        after.addRevisions(revision);
        boolean doubtful = !Doubts.of(request, after.build()).isEmpty();
        after.setNeedsReview(before.getNeedsReview() && !statement.settles() && doubtful);
        return Optional.of(after.build());
    }

    private Amendment amendment(FeedbackRules.Place place) {
        Amendment.Builder amendment =
                Amendment.newBuilder().setPointer(place.at().toString()).setAfter(place.value());
        place.at().in(before.getOutput()).ifPresent(amendment::setBefore);
        return amendment.build();
    }

    /** The values before differ then: they are the right ones already. */
    private boolean repeats(Revision.Builder revision) {
        if (before.getRevisionsCount() == 0) {
            return false;
        }
        Revision last = before.getRevisions(before.getRevisionsCount() - 1);
        Revision same = revision.clone()
                .setNumber(last.getNumber())
                .setTime(last.getTime())
                .build();
        return withoutBefore(last).equals(withoutBefore(same));
    }

    private static Revision withoutBefore(Revision revision) {
        Revision.Builder bare = revision.toBuilder();
        bare.getAmendmentsBuilderList().forEach(Amendment.Builder::clearBefore);
        return bare.build();
    }

    private static void correct(TaskResult.Builder task, FeedbackRules.Place place, String actor, int revision) {
        JsonPointer at = place.at();
        task.setOutput(Places.with(task.getOutput(), at, place.value()).orElseThrow());
        Map<String, Provenance> former = within(task.getProvenanceMap(), at);
        former.keySet().forEach(task::removeProvenance);
        Set<Source> sources = new LinkedHashSet<>();
        former.values().forEach(where -> sources.addAll(where.getSourcesList()));
        Places.leaves(at, place.value()).forEach((pointer, value) -> {
            Provenance own = former.get(pointer);
            task.putProvenance(
                    pointer,
                    Provenance.newBuilder()
                            .addAllSources(own == null ? sources : own.getSourcesList())
                            .setConfidence(1)
                            .setCorrectedBy(actor)
                            .setRevision(revision)
                            .build());
        });
        settle(task, at);
    }

    private static void settle(TaskResult.Builder task, JsonPointer at) {
        var conflicts = task.getConflictsList().stream()
                .filter(conflict -> !at.isPrefixOf(JsonPointer.of(conflict.getPointer())))
                .toList();
        var missing = task.getMissingList().stream()
                .filter(gap -> !gap.getPointer().equals(at.toString()))
                .toList();
        task.clearConflicts().addAllConflicts(conflicts).clearMissing().addAllMissing(missing);
    }

    /** Everything that is known of a place and what is below it. */
    static Map<String, Provenance> within(Map<String, Provenance> all, JsonPointer at) {
        Map<String, Provenance> within = new TreeMap<>();
        all.forEach((pointer, where) -> {
            if (at.isPrefixOf(JsonPointer.of(pointer))) {
                within.put(pointer, where);
            }
        });
        return within;
    }

    /** The value at a place of the task as it was. */
    Optional<Value> valueBefore(String pointer) {
        return JsonPointer.parse(pointer).flatMap(at -> at.in(before.getOutput()));
    }
}
