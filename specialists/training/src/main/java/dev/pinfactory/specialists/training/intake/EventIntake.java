package dev.pinfactory.specialists.training.intake;

import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.FeedbackGiven;
import dev.pinfactory.proto.events.v1.StepEnded;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.specialists.training.store.Call;
import dev.pinfactory.specialists.training.store.LearningStore;
import dev.pinfactory.specialists.training.store.NewExample;
import dev.pinfactory.specialists.training.store.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores what orchestrators tell: calls of the specialists that are taught, and what people say of their answers. Of tasks without consent nothing is kept, and of
 * erased ones nothing any more. Used by one thread for each outbox.
 */
public final class EventIntake {
    /** Corrections of one call replace each other, so their event is the call. */
    private static final String FEEDBACK = "feedback";

    private static final String LABEL = "label";

    private final LearningStore store;
    private final Map<String, Lesson> lessons;

    /** @param lessons by specialist */
    public EventIntake(LearningStore store, Map<String, Lesson> lessons) {
        this.store = store;
        this.lessons = Map.copyOf(lessons);
    }

    /** What monitors are told of a batch once it is stored. */
    public sealed interface Noticed {
        /** A specialist was called. */
        record Called(Call call) implements Noticed {}

        /** A person said whether a version's answer was right. */
        record Judged(String specialist, String version, boolean right) implements Noticed {}

        /** A shadow was given the same. */
        record Compared(String specialist, String version, boolean agreed) implements Noticed {}
    }

    /** The sequence of the last event of an outbox that was stored; 0 before the first. */
    public long last(String outbox) {
        return store.intakes().place(outbox).map(Long::parseLong).orElse(0L);
    }

    /**
     * Stores events in the order of their sequence, all or none. Those that were stored before are passed over.
     *
     * @param outbox its name
     */
    public List<Noticed> accept(String outbox, List<Event> events) {
        long last = last(outbox);
        List<Event> fresh =
                events.stream().filter(event -> event.getSequence() > last).toList();
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<Noticed> noticed = new ArrayList<>();
        String position = String.valueOf(fresh.getLast().getSequence());
        store.take(outbox, position, batch -> fresh.forEach(event -> take(event, batch, noticed)));
        return List.copyOf(noticed);
    }

    private void take(Event event, LearningStore.Batch batch, List<Noticed> noticed) {
        switch (event.getPayloadCase()) {
            case STEP_ENDED -> called(event, event.getStepEnded(), batch).ifPresent(noticed::add);
            case FEEDBACK_GIVEN -> said(event, event.getFeedbackGiven(), batch).ifPresent(noticed::add);
            case SHADOW_COMPARED -> {
                var comparison = event.getShadowCompared();
                if (lessons.containsKey(comparison.getSpecialist())) {
                    noticed.add(new Noticed.Compared(
                            comparison.getSpecialist(), comparison.getVersion(), comparison.getAgreement() == 1));
                }
            }
            case TASK_ERASED ->
                batch.erase(event.getTenant(), event.getTaskErased().getTaskId());
            case TASK_ENDED, REVIEW_DECIDED, VERSION_MOVED, PLAN_JUDGED, PAYLOAD_NOT_SET -> {
                // Not about a call of a specialist.
            }
        }
    }

    private Optional<Noticed> called(Event event, StepEnded ended, LearningStore.Batch batch) {
        boolean answered = ended.getOutcome() == StepReport.Outcome.SUCCEEDED
                || ended.getOutcome() == StepReport.Outcome.ABSTAINED;
        if (!lessons.containsKey(ended.getSpecialist()) || !ended.getTrainingConsent() || !answered) {
            return Optional.empty();
        }
        Optional<String> text = ended.getStepInputsList().stream()
                .filter(Artifact::hasText)
                .map(Artifact::getText)
                .findFirst();
        if (text.isEmpty()) {
            batch.count(ended.getSpecialist(), "call-without-text");
            return Optional.empty();
        }
        boolean said = ended.getOutcome() == StepReport.Outcome.SUCCEEDED;
        Call call = new Call(
                event.getId(),
                ended.getTaskId(),
                ended.getStep(),
                ended.hasItem() ? ended.getItem() : Call.NO_ITEM,
                ended.getSpecialist(),
                ended.getVersion(),
                event.getTenant(),
                instant(event.getTime()),
                Texts.storable(text.get()),
                said ? Texts.normal(label(ended.getOutputsList()).orElse("")) : "",
                // What is no number is not sure of anything.
                Double.isNaN(ended.getConfidence()) ? 0 : Math.clamp(ended.getConfidence(), 0, 1));
        return batch.add(call) ? Optional.of(new Noticed.Called(call)) : Optional.empty();
    }

    private static Optional<String> label(List<Artifact> outputs) {
        return outputs.stream()
                .filter(Artifact::hasJson)
                .map(output -> output.getJson().getStructValue().getFieldsOrDefault(LABEL, Value.getDefaultInstance()))
                .filter(Value::hasStringValue)
                .map(Value::getStringValue)
                .findFirst();
    }

    private Optional<Noticed> said(Event event, FeedbackGiven feedback, LearningStore.Batch batch) {
        Lesson lesson = lessons.get(feedback.getSpecialist());
        if (lesson == null || !feedback.getTrainingConsent()) {
            return Optional.empty();
        }
        boolean isLabel = feedback.getSourcePointer().isEmpty()
                || feedback.getSourcePointer().equals("/" + LABEL);
        if (!isLabel || !feedback.getCorrected().hasStringValue()) {
            batch.count(lesson.specialist(), "feedback-without-label");
            return Optional.empty();
        }
        Optional<Call> found = batch.call(
                feedback.getTaskId(), feedback.getStep(), feedback.hasItem() ? feedback.getItem() : Call.NO_ITEM);
        if (found.isEmpty()) {
            batch.count(lesson.specialist(), "feedback-without-call");
            return Optional.empty();
        }
        Call call = found.get();
        String text = Texts.normal(call.text());
        String label = Texts.normal(feedback.getCorrected().getStringValue());
        Optional<Texts.Refusal> refusal = Texts.refusal(lesson, text, label);
        if (refusal.isPresent()) {
            batch.count(lesson.specialist(), refusal.get().reason());
            return Optional.empty();
        }
        boolean right = label.equals(call.label());
        batch.replace(new NewExample(
                FEEDBACK,
                call.taskId() + "/" + call.step() + "/" + call.item(),
                lesson.specialist(),
                call.tenant(),
                Optional.of(call.taskId()),
                instant(event.getTime()),
                right ? Origin.CONFIRMED : Origin.CORRECTED,
                text,
                label,
                false));
        return Optional.of(new Noticed.Judged(lesson.specialist(), call.version(), right));
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
