package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.service.run.InputDigests;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.FeedbackGiven;
import dev.pinfactory.proto.events.v1.PlanJudged;
import dev.pinfactory.proto.events.v1.ReviewDecided;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Amendment;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a revision tells the outbox: for each corrected value and each step that had a hand in it, one event that names the step, version, item and place of the
 * output, so that whoever learns finds the very call that was wrong.
 */
final class FeedbackEvents {
    private final String tenant;
    private final Revising task;
    private final TaskResult after;
    private final Revision revision;
    private final Actor actor;
    private final boolean consent;
    private final List<Event> events = new ArrayList<>();

    private FeedbackEvents(String tenant, Revising task, TaskResult after, Actor actor) {
        this.tenant = tenant;
        this.task = task;
        this.after = after;
        this.revision = after.getRevisions(after.getRevisionsCount() - 1);
        this.actor = actor;
        this.consent = InputDigests.mayBeLearntFrom(task.request());
    }

    /** @param confirmed places that a reviewer found right as they are */
    static List<Event> of(String tenant, Revising task, TaskResult after, Actor actor, List<String> confirmed) {
        FeedbackEvents told = new FeedbackEvents(tenant, task, after, actor);
        told.revision.getAmendmentsList().forEach(told::corrected);
        confirmed.forEach(told::confirmed);
        told.plan();
        told.review();
        return List.copyOf(told.events);
    }

    private void corrected(Amendment amendment) {
        JsonPointer at = JsonPointer.of(amendment.getPointer());
        Map<String, Value> leaves = Places.leaves(at, amendment.getAfter());
        Set<String> places = new LinkedHashSet<>(leaves.keySet());
        Revising.within(task.before().getProvenanceMap(), at).keySet().forEach(places::add);
        for (String place : places) {
            Value right = leaves.getOrDefault(place, Places.orNull(Value.getDefaultInstance()));
            sources(place).forEach(source -> feedback(place, right, source));
        }
        absent(amendment)
                .ifPresent(step -> feedback(
                        amendment.getPointer(),
                        amendment.getAfter(),
                        Source.newBuilder().setStep(step).build()));
    }

    private void confirmed(String pointer) {
        task.valueBefore(pointer)
                .ifPresent(value -> sources(pointer).forEach(source -> feedback(pointer, value, source)));
    }

    /** Those whose value it is, and those who said something else. */
    private Set<Source> sources(String pointer) {
        Set<Source> sources = new LinkedHashSet<>(task.before()
                .getProvenanceOrDefault(pointer, Provenance.getDefaultInstance())
                .getSourcesList());
        task.before().getConflictsList().stream()
                .filter(conflict -> conflict.getPointer().equals(pointer))
                .map(Conflict::getCandidatesList)
                .forEach(candidates -> candidates.forEach(one -> sources.addAll(one.getSourcesList())));
        return sources;
    }

    /** The step that should have found what a person says now. */
    private Optional<String> absent(Amendment amendment) {
        return task.before().getMissingList().stream()
                .filter(gap -> gap.getPointer().equals(amendment.getPointer())
                        && !gap.getStep().isEmpty())
                .map(Missing::getStep)
                .findFirst();
    }

    private void feedback(String pointer, Value right, Source source) {
        StepReport report = after.getStepsList().stream()
                .filter(step -> step.getStep().equals(source.getStep()))
                .findFirst()
                .orElse(StepReport.getDefaultInstance());
        FeedbackGiven.Builder given = FeedbackGiven.newBuilder()
                .setTaskId(after.getTaskId())
                .setPointer(pointer)
                .setCorrected(right)
                .setActor(actor.name())
                .setStep(source.getStep())
                .setSpecialist(source.getSpecialist().isEmpty() ? report.getSpecialist() : source.getSpecialist())
                .setVersion(source.getVersion().isEmpty() ? report.getVersion() : source.getVersion())
                .setOutput(source.getOutput())
                .setSourcePointer(source.getPointer())
                .setRevision(revision.getNumber())
                .setTrainingConsent(consent)
                .setReviewed(actor.reviews());
        if (source.hasItem()) {
            given.setItem(source.getItem());
        }
        task.valueBefore(pointer).ifPresent(given::setBefore);
        events.add(event("feedback").setFeedbackGiven(given).build());
    }

    private void plan() {
        if (!revision.hasPlan()) {
            return;
        }
        events.add(event("plan")
                .setPlanJudged(PlanJudged.newBuilder()
                        .setTaskId(after.getTaskId())
                        .setActor(actor.name())
                        .setFeedback(revision.getPlan())
                        .setInstruction(task.request().getInstruction())
                        .addAllInputs(InputDigests.of(task.request()))
                        .setPlan(after.getPlan())
                        .setRevision(revision.getNumber())
                        .setTrainingConsent(consent))
                .build());
    }

    private void review() {
        ReviewDecided.Decision decision = switch (revision.getKind()) {
            case ACCEPTED -> ReviewDecided.Decision.ACCEPTED;
            case CORRECTED -> ReviewDecided.Decision.CORRECTED;
            case REJECTED -> ReviewDecided.Decision.REJECTED;
            case FEEDBACK, KIND_UNSPECIFIED, UNRECOGNIZED -> ReviewDecided.Decision.DECISION_UNSPECIFIED;
        };
        if (decision == ReviewDecided.Decision.DECISION_UNSPECIFIED) {
            return;
        }
        events.add(event("review")
                .setReviewDecided(ReviewDecided.newBuilder()
                        .setTaskId(after.getTaskId())
                        .setReviewer(actor.name())
                        .setDecision(decision)
                        .setRevision(revision.getNumber()))
                .build());
    }

    /** The id follows from what the event is about, as those of a run's events do. */
    private Event.Builder event(String kind) {
        String about = after.getTaskId() + "/revision/" + revision.getNumber() + "/" + kind + "/" + events.size();
        return Event.newBuilder()
                .setId(UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setTime(revision.getTime())
                .setTenant(tenant);
    }
}
