package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.outcome.VersionOutcomes;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.orchestrator.service.run.Recorder;
import dev.pinfactory.orchestrator.service.store.RevisionStore;
import dev.pinfactory.orchestrator.service.store.RevisionStore.ReviewClaim;
import dev.pinfactory.orchestrator.service.store.RevisionStore.Revised;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.Doubt;
import dev.pinfactory.proto.v1.Feedback;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListReviewsResponse;
import dev.pinfactory.proto.v1.PlanFeedback;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import dev.pinfactory.proto.v1.Review;
import dev.pinfactory.proto.v1.Revision;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes what people say of ended tasks: feedback from whoever uses a result, and the decisions of reviewers. */
public final class FeedbackService {
    private static final int MAX_REVISIONS = 100;
    private static final int TRIES = 5;
    private static final Duration USUAL_LEASE = Duration.ofMinutes(15);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);

    private final RevisionStore store;
    private final Recorder recorder;
    private final TaskService tasks;
    private final Tenants tenants;
    private final VersionOutcomes outcomes;
    private final Clock clock;

    public FeedbackService(
            RevisionStore store,
            Recorder recorder,
            TaskService tasks,
            Tenants tenants,
            VersionOutcomes outcomes,
            Clock clock) {
        this.store = store;
        this.recorder = recorder;
        this.tasks = tasks;
        this.tenants = tenants;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Adds what somebody says to an ended task.
     *
     * @throws PinfactoryException NOT_FOUND, FAILED_PRECONDITION for a task that has not ended or was revised 100 times, INVALID_ARGUMENT naming the field
     */
    public TaskResult give(GiveFeedbackRequest request) {
        String tenant = tenants.current();
        Feedback feedback = request.getFeedback();
        ended(tenant, request.getTaskId());
        boolean saysNothing = feedback.getCorrectionsCount() == 0 && !feedback.hasPlan();
        if (saysNothing) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "feedback",
                    "says nothing; expected corrections, or a verdict on the plan");
        }
        FeedbackRules.checkNote("feedback.note", feedback.getNote());
        Actor actor = Actor.user();
        for (int tries = 1; tries <= TRIES; tries++) {
            Revised task = ended(tenant, request.getTaskId());
            Optional<PlanFeedback> plan = plan(tenant, task, feedback);
            var places = FeedbackRules.check(
                    "feedback.corrections", feedback.getCorrectionsList(), task.request(), task.result());
            var said = new Revising.Statement(Revision.Kind.FEEDBACK, places, plan, feedback.getNote(), false);
            Optional<TaskResult> revised = revise(tenant, task, said, actor, List.of());
            if (revised.isPresent()) {
                return revised.get();
            }
        }
        throw busy(request.getTaskId());
    }

    /** @throws PinfactoryException INVALID_ARGUMENT for a page that is none */
    public ListReviewsResponse list(ListReviewsRequest request) {
        String tenant = tenants.current();
        int size = ReviewPages.size(request);
        Optional<Instant> unclaimed = request.getUnclaimed() ? Optional.of(clock.instant()) : Optional.empty();
        List<Revised> waiting = store.waiting(tenant, ReviewPages.position(request), unclaimed, size + 1);
        ListReviewsResponse.Builder page = ListReviewsResponse.newBuilder();
        waiting.stream().limit(size).map(this::review).forEach(page::addReviews);
        if (waiting.size() > size) {
            page.setNextPageToken(ReviewPages.tokenAfter(waiting.get(size - 1).result()));
        }
        return page.build();
    }

    /** @throws PinfactoryException NOT_FOUND, FAILED_PRECONDITION where the task needs no review or somebody else has it, INVALID_ARGUMENT for the lease */
    public Review claim(ClaimReviewRequest request) {
        String tenant = tenants.current();
        Revised task = ended(tenant, request.getTaskId());
        Instant now = clock.instant();
        ReviewClaim claim = new ReviewClaim(Actor.reviewer().name(), now.plus(lease(request)));
        if (!store.claim(tenant, request.getTaskId(), claim, now)) {
            throw notFree(ended(tenant, request.getTaskId()));
        }
        return review(new Revised(task.request(), task.result(), Optional.of(claim)));
    }

    /** @throws PinfactoryException NOT_FOUND, FAILED_PRECONDITION where the task needs no review or somebody else has it, INVALID_ARGUMENT naming the field */
    public TaskResult resolve(ResolveReviewRequest request) {
        String tenant = tenants.current();
        ended(tenant, request.getTaskId());
        Revision.Kind kind = kind(request);
        FeedbackRules.checkNote("note", request.getNote());
        Actor actor = Actor.reviewer();
        for (int tries = 1; tries <= TRIES; tries++) {
            Revised task = ended(tenant, request.getTaskId());
            boolean others = task.claim()
                    .filter(claim -> claim.holds(clock.instant()))
                    .filter(claim -> !claim.reviewer().equals(actor.name()))
                    .isPresent();
            if (others || !task.result().getNeedsReview()) {
                throw notFree(task);
            }
            var places =
                    FeedbackRules.check("corrections", request.getCorrectionsList(), task.request(), task.result());
            List<String> confirmed = kind == Revision.Kind.REJECTED ? List.of() : confirmed(task, places);
            var said = new Revising.Statement(kind, places, Optional.empty(), request.getNote(), true);
            Optional<TaskResult> revised = revise(tenant, task, said, actor, confirmed);
            if (revised.isPresent()) {
                return revised.get();
            }
        }
        throw busy(request.getTaskId());
    }

    /** Empty when somebody else revised the task meanwhile. */
    private Optional<TaskResult> revise(
            String tenant, Revised task, Revising.Statement said, Actor actor, List<String> confirmed) {
        Revising revising = new Revising(task.request(), task.result());
        Optional<TaskResult> after = revising.revise(said, actor.name(), now());
        if (after.isEmpty()) {
            return Optional.of(task.result());
        }
        if (task.result().getRevisionsCount() >= MAX_REVISIONS) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION,
                    "this task was revised " + MAX_REVISIONS + " times, which is the most");
        }
        var events = FeedbackEvents.of(tenant, revising, after.get(), actor, confirmed);
        if (!store.revise(tenant, after.get(), events)) {
            return Optional.empty();
        }
        Confirmations.count(task.result(), events, outcomes);
        return after;
    }

    private Revised ended(String tenant, String taskId) {
        recorder.awaitWritten(taskId);
        Revised task = store.find(tenant, taskId).orElseThrow(() -> TaskEvents.notFound(taskId));
        if (task.result().getState() != TaskResult.State.ENDED) {
            throw new PinfactoryException(
                    ErrorCode.FAILED_PRECONDITION,
                    "the task is " + task.result().getState() + "; nothing can be said of it before it has ended");
        }
        return task;
    }

    private Optional<PlanFeedback> plan(String tenant, Revised task, Feedback feedback) {
        if (!feedback.hasPlan()) {
            return Optional.empty();
        }
        PlanFeedback plan = feedback.getPlan();
        boolean wrong = plan.getVerdict() == PlanFeedback.Verdict.WRONG;
        if (!wrong && plan.getVerdict() != PlanFeedback.Verdict.RIGHT) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT, "feedback.plan.verdict", "is none; expected RIGHT or WRONG");
        }
        if (!plan.hasCorrected()) {
            return Optional.of(plan);
        }
        if (!wrong) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "feedback.plan.corrected",
                    "comes with the verdict RIGHT; expected WRONG");
        }
        Task.Builder other =
                task.request().toBuilder().setPlan(plan.getCorrected()).clearPinnedPlan();
        other.getConstraintsBuilder().clearDeadline();
        Caller caller = new Caller(tenant, Optional.empty(), Optional.empty());
        if (tasks.planned(caller, other.build()).outcome() instanceof Planned.Refused refused) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "feedback.plan.corrected",
                    refused.refusal().getMessage());
        }
        return Optional.of(plan);
    }

    /** What a reviewer saw in doubt and left as it is. */
    private static List<String> confirmed(Revised task, List<FeedbackRules.Place> corrected) {
        return Doubts.of(task.request(), task.result()).stream()
                .filter(doubt -> doubt.getReason() == Doubt.Reason.LOW_CONFIDENCE)
                .map(Doubt::getPointer)
                .filter(pointer ->
                        corrected.stream().noneMatch(place -> place.at().isPrefixOf(JsonPointer.of(pointer))))
                .toList();
    }

    private static Revision.Kind kind(ResolveReviewRequest request) {
        boolean corrects = request.getCorrectionsCount() > 0;
        Revision.Kind kind = switch (request.getDecision()) {
            case ACCEPTED -> Revision.Kind.ACCEPTED;
            case CORRECTED -> Revision.Kind.CORRECTED;
            case REJECTED -> Revision.Kind.REJECTED;
            case DECISION_UNSPECIFIED, UNRECOGNIZED ->
                throw PinfactoryException.of(
                        ErrorCode.INVALID_ARGUMENT, "decision", "is none; expected ACCEPTED, CORRECTED or REJECTED");
        };
        if (corrects != (kind == Revision.Kind.CORRECTED)) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "corrections",
                    corrects
                            ? "come with " + kind + "; expected CORRECTED"
                            : "are missing; CORRECTED needs at least one");
        }
        return kind;
    }

    private static Duration lease(ClaimReviewRequest request) {
        if (!request.hasLease()) {
            return USUAL_LEASE;
        }
        boolean valid = Durations.isValid(request.getLease());
        Duration lease = Duration.ofSeconds(valid ? request.getLease().getSeconds() : 0);
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
            throw PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, "lease", "expected 10 s to 24 h");
        }
        return lease;
    }

    private PinfactoryException notFree(Revised task) {
        String why = task.result().getNeedsReview()
                ? "somebody else has claimed this review; it is free again when their claim is over"
                : "the task needs no review, or it was decided already";
        return new PinfactoryException(ErrorCode.FAILED_PRECONDITION, why);
    }

    private static PinfactoryException busy(String taskId) {
        return new PinfactoryException(
                ErrorCode.UNAVAILABLE, "task " + taskId + " is being revised by others; try again");
    }

    private Review review(Revised task) {
        TaskResult result = task.result();
        Review.Builder review = Review.newBuilder()
                .setTaskId(result.getTaskId())
                .setInstruction(CodePoints.shortened(task.request().getInstruction(), 200))
                .setEndedAt(result.getEndedAt())
                .addAllDoubts(Doubts.of(task.request(), result));
        task.claim()
                .filter(claim -> claim.holds(clock.instant()))
                .ifPresent(claim -> review.setClaimedBy(claim.reviewer()).setClaimedUntil(time(claim.until())));
        return review.build();
    }

    private Timestamp now() {
        return time(clock.instant());
    }

    private static Timestamp time(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
