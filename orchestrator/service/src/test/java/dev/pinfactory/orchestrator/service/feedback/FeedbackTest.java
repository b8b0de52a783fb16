package dev.pinfactory.orchestrator.service.feedback;

import static dev.pinfactory.orchestrator.service.testing.Plans.chain;
import static dev.pinfactory.orchestrator.service.testing.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.orchestrator.service.testing.WithSwarm;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.EventServiceGrpc;
import dev.pinfactory.proto.events.v1.FeedbackGiven;
import dev.pinfactory.proto.events.v1.ReadEventsRequest;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.Correction;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.Feedback;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.PlanFeedback;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import dev.pinfactory.proto.v1.Review;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say of ended tasks, over a socket, to where it is learnt from. */
class FeedbackTest extends WithSwarm {
    @BeforeEach
    void ordinary() {
        swarm.plans("first", "second");
        for (String id : List.of("first", "second")) {
            swarm.specialists()
                    .does(id, request -> id + "(" + request.getInputs(0).getText() + ")");
        }
    }

    @Test
    void aCorrectionIsARevisionWithWhoSaidIt() {
        TaskResult before = run(consenting("hello"));
        TaskResult after = correct(before, "/text", text("HELLO"));
        assertThat(at(after, "text")).isEqualTo("HELLO");
        assertThat(after.getState()).isEqualTo(TaskResult.State.ENDED);
        assertThat(after.getStatus()).isEqualTo(before.getStatus());
        Revision revision = after.getRevisions(0);
        assertThat(revision.getNumber()).isEqualTo(1);
        assertThat(revision.getActor()).isEqualTo("local");
        assertThat(revision.getKind()).isEqualTo(Revision.Kind.FEEDBACK);
        assertThat(revision.getAmendments(0).getBefore()).isEqualTo(text("second(first(hello))"));
        assertThat(after.getProvenanceOrThrow("/text").getCorrectedBy()).isEqualTo("local");
        assertThat(after.getProvenanceOrThrow("/text").getConfidence()).isEqualTo(1);
        assertThat(after.getProvenanceOrThrow("/text").getSources(0).getSpecialist())
                .isEqualTo("second");
        assertThat(get(before.getTaskId())).isEqualTo(after);
    }

    @Test
    void whoLearnsIsToldWhichCallWasWrongAndWhatItWasGiven() {
        TaskResult ended = run(consenting("hello"));
        correct(ended, "/text", text("HELLO"));
        FeedbackGiven told = feedback(ended).getFirst();
        assertThat(told.getStep()).isEqualTo("second");
        assertThat(told.getVersion()).isEqualTo("1.0.0");
        assertThat(told.getCorrected()).isEqualTo(text("HELLO"));
        assertThat(told.getBefore()).isEqualTo(text("second(first(hello))"));
        assertThat(told.getOutput()).isEqualTo("text");
        assertThat(told.getTrainingConsent()).isTrue();
        assertThat(events(ended).stream()
                        .filter(Event::hasStepEnded)
                        .map(Event::getStepEnded)
                        .filter(step -> step.getStep().equals("second"))
                        .map(step -> step.getStepInputs(0).getText()))
                .containsExactly("first(hello)");
    }

    @Test
    void aDurableTasksEventsSayWhatItsStepsWereGivenToo() {
        String id = swarm.client()
                .submitTask(SubmitTaskRequest.newBuilder()
                        .setTask(consenting("durable"))
                        .build())
                .getTaskId();
        await().until(() -> get(id).getState() == TaskResult.State.ENDED);
        assertThat(events(get(id)).stream()
                        .filter(Event::hasStepEnded)
                        .map(event -> event.getStepEnded().getStepInputs(0).getText()))
                .containsExactlyInAnyOrder("durable", "first(durable)");
    }

    @Test
    void withoutConsentNothingOfTheInputsIsTold() {
        TaskResult ended = run(task("private"));
        correct(ended, "/text", text("HELLO"));
        assertThat(events(ended).stream()
                        .filter(Event::hasStepEnded)
                        .flatMap(event -> event.getStepEnded().getStepInputsList().stream()))
                .isEmpty();
        assertThat(feedback(ended).getFirst().getTrainingConsent()).isFalse();
    }

    @Test
    void theSameSaidTwiceIsOneRevision() {
        TaskResult ended = run(consenting("hello"));
        correct(ended, "/text", text("HELLO"));
        TaskResult again = correct(ended, "/text", text("HELLO"));
        assertThat(again.getRevisionsCount()).isEqualTo(1);
        assertThat(feedback(ended)).hasSize(1);
        assertThat(correct(ended, "/text", text("other")).getRevisionsCount()).isEqualTo(2);
    }

    @Test
    void manyAtOnceAreAllWrittenDown() throws Exception {
        TaskResult ended = run(consenting("hello"));
        List<Callable<TaskResult>> corrections = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Value value = text("value " + i);
            corrections.add(() -> correct(ended, "/text", value));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<TaskResult> done : pool.invokeAll(corrections)) {
                done.get();
            }
        }
        List<Revision> revisions = get(ended.getTaskId()).getRevisionsList();
        assertThat(revisions).extracting(Revision::getNumber).containsExactly(1, 2, 3, 4);
        assertThat(feedback(ended)).hasSize(4);
    }

    @Test
    void whatIsWrongIsNamedByItsField() {
        TaskResult ended = run(task("hello"));
        assertThatThrownBy(() -> correct(ended, "/nowhere", text("x")))
                .hasMessageContaining("INVALID_ARGUMENT")
                .hasMessageContaining("feedback.corrections[0].pointer: '/nowhere' is neither in the output");
        assertThatThrownBy(() -> correct(ended, "text", text("x")))
                .hasMessageContaining("feedback.corrections[0].pointer: 'text' is not the place of a value");
        assertThatThrownBy(() -> give(
                        ended,
                        Feedback.newBuilder()
                                .addCorrections(Correction.newBuilder().setPointer("/text"))))
                .hasMessageContaining("feedback.corrections[0].value: is missing");
        assertThatThrownBy(() -> correct(
                        ended,
                        "/text",
                        Value.newBuilder().setNumberValue(Double.NaN).build()))
                .hasMessageContaining("feedback.corrections[0].value: is a number that JSON can't say");
        assertThatThrownBy(() -> give(ended, Feedback.newBuilder().setNote("well")))
                .hasMessageContaining("feedback: says nothing");
        assertThatThrownBy(() -> give(
                        TaskResult.newBuilder().setTaskId("no-such-task").build(),
                        Feedback.newBuilder()
                                .setPlan(PlanFeedback.newBuilder().setVerdict(PlanFeedback.Verdict.RIGHT))))
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void aCorrectionKeepsTheCallersSchema() {
        Task strict =
                consenting("hello").toBuilder().setOutputSchema(schema("""
                        {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "maxLength": 40}}}
                        """)).build();
        TaskResult ended = run(strict);
        assertThatThrownBy(() -> correct(ended, "/text", text("x".repeat(41))))
                .hasMessageContaining("feedback.corrections[0].value: breaks the task's output schema");
        assertThat(at(correct(ended, "/text", text("short")), "text")).isEqualTo("short");
    }

    @Test
    void aRunningTaskCantBeCorrected() throws InterruptedException {
        var hung = swarm.specialists().hangs("first");
        String id = swarm.client()
                .submitTask(
                        SubmitTaskRequest.newBuilder().setTask(task("hello")).build())
                .getTaskId();
        await().until(() -> get(id).getState() == TaskResult.State.RUNNING);
        assertThatThrownBy(() -> correct(get(id), "/text", text("x"))).hasMessageContaining("FAILED_PRECONDITION");
        var ignored = swarm.client()
                .cancelTask(dev.pinfactory.proto.v1.CancelTaskRequest.newBuilder()
                        .setTaskId(id)
                        .build());
        hung.await();
    }

    @Test
    void aVerdictOnThePlanIsToldWithTheBetterOne() {
        TaskResult ended = run(consenting("hello"));
        give(
                ended,
                Feedback.newBuilder()
                        .setPlan(PlanFeedback.newBuilder()
                                .setVerdict(PlanFeedback.Verdict.WRONG)
                                .setCorrected(chain("first"))));
        var told = events(ended).stream().filter(Event::hasPlanJudged).toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().getPlanJudged().getInstruction()).isEqualTo("rewrite this note");
        assertThat(told.getFirst().getPlanJudged().getPlan().getStepsCount()).isEqualTo(2);
        assertThat(told.getFirst().getPlanJudged().getFeedback().getCorrected().getStepsCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> give(
                        ended,
                        Feedback.newBuilder()
                                .setPlan(PlanFeedback.newBuilder()
                                        .setVerdict(PlanFeedback.Verdict.WRONG)
                                        .setCorrected(chain("nobody")))))
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void aDoubtfulResultIsReviewedOnce() {
        TaskResult doubtful = run(doubtful("is it?"));
        assertThat(doubtful.getNeedsReview()).isTrue();
        Review waiting = review(doubtful);
        assertThat(waiting.getDoubts(0).getReason()).isEqualTo(Doubt.Reason.LOW_CONFIDENCE);
        assertThat(waiting.getDoubts(0).getPointer()).isEqualTo("/text");
        assertThat(waiting.getDoubts(0).getValue()).isEqualTo(text("second(first(is it?))"));
        Review claimed = swarm.client()
                .claimReview(ClaimReviewRequest.newBuilder()
                        .setTaskId(doubtful.getTaskId())
                        .setLease(Duration.newBuilder().setSeconds(60))
                        .build())
                .getReview();
        assertThat(claimed.getClaimedBy()).isEqualTo("local");
        TaskResult resolved = resolve(doubtful, ResolveReviewRequest.Decision.CORRECTED, text("it is"));
        assertThat(resolved.getNeedsReview()).isFalse();
        assertThat(resolved.getRevisions(0).getKind()).isEqualTo(Revision.Kind.CORRECTED);
        assertThat(at(resolved, "text")).isEqualTo("it is");
        assertThat(resolved.getProvenanceOrThrow("/text").getCorrectedBy()).isEqualTo("local");
        assertThat(reviews()).extracting(Review::getTaskId).doesNotContain(doubtful.getTaskId());
        assertThat(feedback(doubtful).getFirst().getReviewed()).isTrue();
        assertThat(events(doubtful).stream().filter(Event::hasReviewDecided)).hasSize(1);
        assertThatThrownBy(() -> resolve(doubtful, ResolveReviewRequest.Decision.ACCEPTED))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("decided already");
    }

    @Test
    void whatAReviewerAcceptsIsConfirmed() {
        TaskResult doubtful = run(doubtful("yes"));
        TaskResult resolved = resolve(doubtful, ResolveReviewRequest.Decision.ACCEPTED);
        assertThat(resolved.getOutput()).isEqualTo(doubtful.getOutput());
        FeedbackGiven told = feedback(doubtful).getFirst();
        assertThat(told.getCorrected()).isEqualTo(told.getBefore()).isEqualTo(text("second(first(yes))"));
    }

    @Test
    void aDecisionNeedsWhatBelongsToIt() {
        TaskResult doubtful = run(doubtful("odd"));
        assertThatThrownBy(() -> resolve(doubtful, ResolveReviewRequest.Decision.CORRECTED))
                .hasMessageContaining("corrections: are missing");
        assertThatThrownBy(() -> resolve(doubtful, ResolveReviewRequest.Decision.REJECTED, text("x")))
                .hasMessageContaining("corrections: come with REJECTED");
        assertThatThrownBy(() -> resolve(doubtful, ResolveReviewRequest.Decision.DECISION_UNSPECIFIED))
                .hasMessageContaining("decision: is none");
    }

    @Test
    void pagesOfReviewsFollowOneAnother() {
        run(doubtful("one"));
        run(doubtful("two"));
        var first = swarm.client()
                .listReviews(ListReviewsRequest.newBuilder().setPageSize(1).build());
        assertThat(first.getReviewsCount()).isEqualTo(1);
        var second = swarm.client()
                .listReviews(ListReviewsRequest.newBuilder()
                        .setPageSize(1)
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(second.getReviews(0).getTaskId())
                .isNotEqualTo(first.getReviews(0).getTaskId());
        assertThatThrownBy(() -> swarm.client()
                        .listReviews(ListReviewsRequest.newBuilder()
                                .setPageToken("!")
                                .build()))
                .hasMessageContaining("page_token");
    }

    @Test
    void eventsAreReadInOrderFromAnyPlaceOn() {
        run(consenting("hello"));
        List<Event> all = read(0);
        assertThat(all).extracting(Event::getSequence).isSortedAccordingTo(Comparator.naturalOrder());
        List<Event> rest = read(all.get(1).getSequence());
        assertThat(rest).first().isEqualTo(all.get(2));
    }

    private static Task consenting(String text) {
        return task(text).toBuilder().putLabels("training-consent", "true").build();
    }

    /** The specialists are 90 % sure. */
    private static Task doubtful(String text) {
        Task.Builder task = consenting(text).toBuilder();
        task.getConstraintsBuilder().setMinFieldConfidence(0.95);
        return task.build();
    }

    private static TaskResult run(Task task) {
        return swarm.client()
                .runTask(RunTaskRequest.newBuilder().setTask(task).build())
                .getResult();
    }

    private static TaskResult get(String id) {
        return swarm.client()
                .getTask(GetTaskRequest.newBuilder().setTaskId(id).build())
                .getResult();
    }

    private static TaskResult correct(TaskResult task, String pointer, Value value) {
        return give(
                task,
                Feedback.newBuilder()
                        .addCorrections(
                                Correction.newBuilder().setPointer(pointer).setValue(value)));
    }

    private static TaskResult give(TaskResult task, Feedback.Builder feedback) {
        return swarm.client()
                .giveFeedback(GiveFeedbackRequest.newBuilder()
                        .setTaskId(task.getTaskId())
                        .setFeedback(feedback)
                        .build())
                .getResult();
    }

    private static TaskResult resolve(TaskResult task, ResolveReviewRequest.Decision decision, Value... right) {
        ResolveReviewRequest.Builder request =
                ResolveReviewRequest.newBuilder().setTaskId(task.getTaskId()).setDecision(decision);
        for (Value value : right) {
            request.addCorrections(Correction.newBuilder().setPointer("/text").setValue(value));
        }
        return swarm.client().resolveReview(request.build()).getResult();
    }

    private static List<Review> reviews() {
        return swarm.client()
                .listReviews(ListReviewsRequest.newBuilder().setPageSize(200).build())
                .getReviewsList();
    }

    private static Review review(TaskResult task) {
        return reviews().stream()
                .filter(one -> one.getTaskId().equals(task.getTaskId()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Event> read(long after) {
        List<Event> events = new ArrayList<>();
        EventServiceGrpc.newBlockingStub(swarm.channel())
                .readEvents(
                        ReadEventsRequest.newBuilder().setAfterSequence(after).build())
                .forEachRemaining(page -> events.addAll(page.getEventsList()));
        return events;
    }

    private static List<Event> events(TaskResult task) {
        return swarm.bean(OutboxReader.class).read(0, 100_000).stream()
                .filter(event -> event.toString().contains(task.getTaskId()))
                .toList();
    }

    private static List<FeedbackGiven> feedback(TaskResult task) {
        return events(task).stream()
                .filter(Event::hasFeedbackGiven)
                .map(Event::getFeedbackGiven)
                .toList();
    }

    private static String at(TaskResult task, String field) {
        return task.getOutput().getStructValue().getFieldsOrThrow(field).getStringValue();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Struct schema(String json) {
        Struct.Builder schema = Struct.newBuilder();
        try {
            com.google.protobuf.util.JsonFormat.parser().merge(json, schema);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
        return schema.build();
    }
}
