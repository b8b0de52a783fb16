package dev.pinfactory.orchestrator.service.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevisingTest {
    private static final Task REQUEST = Task.getDefaultInstance();

    private static final TaskResult RESULT = TaskResult.newBuilder()
            .setTaskId("t")
            .setState(TaskResult.State.ENDED)
            .setNeedsReview(true)
            .setOutput(json("""
                    {"total": null, "lines": [{"name": "tea", "price": "3.00"}, {"name": "bun", "price": "2.00"}]}"""))
            .putProvenance("/lines/0/name", provenance("reader", 0.3))
            .putProvenance("/lines/0/price", provenance("reader", 0.9))
            .putProvenance("/lines/1/name", provenance("reader", 0.9))
            .addMissing(Missing.newBuilder().setPointer("/total").setStep("sum").setReason("abstained"))
            .addConflicts(Conflict.newBuilder()
                    .setPointer("/lines/1/price")
                    .addCandidates(Candidate.newBuilder().addSources(source("first")))
                    .addCandidates(Candidate.newBuilder().addSources(source("second"))))
            .build();

    @Test
    void eachDoubtHasItsReason() {
        assertThat(Doubts.of(REQUEST, RESULT))
                .extracting(Doubt::getPointer, Doubt::getReason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/lines/1/price", Doubt.Reason.CONFLICT),
                        org.assertj.core.groups.Tuple.tuple("/total", Doubt.Reason.MISSING),
                        org.assertj.core.groups.Tuple.tuple("/lines/0/name", Doubt.Reason.LOW_CONFIDENCE));
    }

    @Test
    void aResultNeedsReviewUntilAllDoubtsAreSettled() {
        TaskResult once = revise(RESULT, "/total", json("\"5.00\""));
        assertThat(once.getNeedsReview()).isTrue();
        assertThat(once.getMissingList()).isEmpty();
        TaskResult twice = revise(once, "/lines/0/name", json("\"green tea\""));
        assertThat(twice.getNeedsReview()).isTrue();
        TaskResult all = revise(twice, "/lines/1/price", json("\"2.00\""));
        assertThat(all.getNeedsReview()).isFalse();
        assertThat(all.getConflictsList()).isEmpty();
        assertThat(all.getOutput()).isEqualTo(json("""
                {"total": "5.00", "lines": [{"name": "green tea", "price": "3.00"}, {"name": "bun", "price": "2.00"}]}"""));
    }

    @Test
    void aWholeObjectIsCorrectedLeafByLeaf() {
        TaskResult after = revise(RESULT, "/lines/0", json("{\"name\": \"coffee\"}"));
        assertThat(after.getProvenanceMap()).containsKey("/lines/0/name").doesNotContainKey("/lines/0/price");
        assertThat(after.getProvenanceOrThrow("/lines/0/name").getSourcesList())
                .extracting(Source::getStep)
                .containsExactly("reader");
        assertThat(after.getProvenanceOrThrow("/lines/1/name").getCorrectedBy()).isEmpty();
    }

    @Test
    void everyStepWithAHandInAPlaceIsTold() {
        TaskResult after = revise(RESULT, "/lines/1/price", json("\"2.50\""));
        assertThat(steps(after)).containsExactly("first", "second");
        assertThat(steps(revise(RESULT, "/total", json("\"5.00\"")))).containsExactly("sum");
        // What was there and is there no longer was wrong, too.
        assertThat(steps(revise(RESULT, "/lines/0", json("{\"name\": \"coffee\"}"))))
                .hasSize(2);
    }

    @Test
    void theSameEventHasTheSameId() {
        TaskResult after = revise(RESULT, "/total", json("\"5.00\""));
        var once = FeedbackEvents.of("a", new Revising(REQUEST, RESULT), after, new Actor("ann", false), List.of());
        var again = FeedbackEvents.of("a", new Revising(REQUEST, RESULT), after, new Actor("ann", false), List.of());
        assertThat(once).isEqualTo(again);
    }

    private static List<String> steps(TaskResult after) {
        return FeedbackEvents.of("a", new Revising(REQUEST, RESULT), after, new Actor("ann", false), List.of()).stream()
                .map(event -> event.getFeedbackGiven().getStep())
                .toList();
    }

    private static TaskResult revise(TaskResult before, String pointer, Value value) {
        var place = new FeedbackRules.Place(JsonPointer.of(pointer), value);
        var said = new Revising.Statement(Revision.Kind.FEEDBACK, List.of(place), Optional.empty(), "", false);
        return new Revising(REQUEST, before)
                .revise(said, "ann", Timestamp.getDefaultInstance())
                .orElseThrow();
    }

    private static Provenance provenance(String step, double confidence) {
        return Provenance.newBuilder()
                .addSources(source(step))
                .setConfidence(confidence)
                .build();
    }

    private static Source.Builder source(String step) {
        return Source.newBuilder().setStep(step).setSpecialist(step).setVersion("1");
    }

    private static Value json(String json) {
        Value.Builder value = Value.newBuilder();
        try {
            JsonFormat.parser().merge(json, value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
        return value.build();
    }
}
