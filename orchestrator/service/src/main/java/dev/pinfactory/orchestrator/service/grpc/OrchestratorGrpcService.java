package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.feedback.FeedbackService;
import dev.pinfactory.orchestrator.service.impact.CardImpacts;
import dev.pinfactory.orchestrator.service.plan.Specialists;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.run.RunHandle;
import dev.pinfactory.orchestrator.service.security.ApiKeyService;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.Pins;
import dev.pinfactory.orchestrator.service.task.TaskRecords;
import dev.pinfactory.orchestrator.service.task.TaskService;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.orchestrator.service.task.Waiter;
import dev.pinfactory.proto.stream.PacedStream;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.AssessCardResponse;
import dev.pinfactory.proto.v1.CancelTaskRequest;
import dev.pinfactory.proto.v1.CancelTaskResponse;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.ClaimReviewRequest;
import dev.pinfactory.proto.v1.ClaimReviewResponse;
import dev.pinfactory.proto.v1.CreateApiKeyRequest;
import dev.pinfactory.proto.v1.CreateApiKeyResponse;
import dev.pinfactory.proto.v1.DeletePinnedPlanRequest;
import dev.pinfactory.proto.v1.DeletePinnedPlanResponse;
import dev.pinfactory.proto.v1.DeleteTaskRequest;
import dev.pinfactory.proto.v1.DeleteTaskResponse;
import dev.pinfactory.proto.v1.GetPinnedPlanRequest;
import dev.pinfactory.proto.v1.GetPinnedPlanResponse;
import dev.pinfactory.proto.v1.GetTaskRequest;
import dev.pinfactory.proto.v1.GetTaskResponse;
import dev.pinfactory.proto.v1.GetUsageRequest;
import dev.pinfactory.proto.v1.GetUsageResponse;
import dev.pinfactory.proto.v1.GiveFeedbackRequest;
import dev.pinfactory.proto.v1.GiveFeedbackResponse;
import dev.pinfactory.proto.v1.ListApiKeysRequest;
import dev.pinfactory.proto.v1.ListApiKeysResponse;
import dev.pinfactory.proto.v1.ListPinnedPlansRequest;
import dev.pinfactory.proto.v1.ListPinnedPlansResponse;
import dev.pinfactory.proto.v1.ListReviewsRequest;
import dev.pinfactory.proto.v1.ListReviewsResponse;
import dev.pinfactory.proto.v1.ListSpecialistsRequest;
import dev.pinfactory.proto.v1.ListSpecialistsResponse;
import dev.pinfactory.proto.v1.ListTasksRequest;
import dev.pinfactory.proto.v1.ListTasksResponse;
import dev.pinfactory.proto.v1.PinPlanRequest;
import dev.pinfactory.proto.v1.PinPlanResponse;
import dev.pinfactory.proto.v1.PlanTaskRequest;
import dev.pinfactory.proto.v1.PlanTaskResponse;
import dev.pinfactory.proto.v1.ResolveReviewRequest;
import dev.pinfactory.proto.v1.ResolveReviewResponse;
import dev.pinfactory.proto.v1.RevokeApiKeyRequest;
import dev.pinfactory.proto.v1.RevokeApiKeyResponse;
import dev.pinfactory.proto.v1.RunTaskRequest;
import dev.pinfactory.proto.v1.RunTaskResponse;
import dev.pinfactory.proto.v1.StreamTaskRequest;
import dev.pinfactory.proto.v1.StreamTaskResponse;
import dev.pinfactory.proto.v1.SubmitTaskRequest;
import dev.pinfactory.proto.v1.SubmitTaskResponse;
import dev.pinfactory.proto.v1.SwarmServiceGrpc;
import dev.pinfactory.proto.v1.UploadInputRequest;
import dev.pinfactory.proto.v1.UploadInputResponse;
import dev.pinfactory.proto.v1.WatchTaskRequest;
import dev.pinfactory.proto.v1.WatchTaskResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The swarm's public service. Each handler runs in a virtual thread and may block. */
final class OrchestratorGrpcService extends SwarmServiceGrpc.SwarmServiceImplBase {
    /** Whoever makes the current call. */
    private static final Waiter CALL = new Waiter() {
        @Override
        public void onGone(Runnable cancel) {
            onCancel(cancel);
        }
    };

    private final TaskService tasks;
    private final TaskRecords records;
    private final TaskEvents events;
    private final ContentStore content;
    private final Specialists specialists;
    private final Pins pins;
    private final CardImpacts impacts;
    private final Quotas quotas;
    private final ApiKeyService keys;
    private final FeedbackService feedback;
    private final Tenants tenants;
    private final Clock clock;

    OrchestratorGrpcService(
            TaskService tasks,
            TaskRecords records,
            TaskEvents events,
            ContentStore content,
            Specialists specialists,
            Pins pins,
            CardImpacts impacts,
            Quotas quotas,
            ApiKeyService keys,
            FeedbackService feedback,
            Tenants tenants,
            Clock clock) {
        this.tasks = tasks;
        this.records = records;
        this.events = events;
        this.content = content;
        this.specialists = specialists;
        this.pins = pins;
        this.impacts = impacts;
        this.quotas = quotas;
        this.keys = keys;
        this.feedback = feedback;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public void runTask(RunTaskRequest request, StreamObserver<RunTaskResponse> observer) {
        Calls.answer(
                observer,
                () -> RunTaskResponse.newBuilder()
                        .setResult(tasks.run(caller(), request.getTask(), CALL))
                        .build());
    }

    @Override
    public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> observer) {
        Calls.answer(observer, () -> {
            Caller caller = caller();
            // The call only hands the task over: its deadline is not the task's.
            TaskService.Submitted submitted = tasks.submit(
                    new Caller(caller.tenant(), caller.idempotencyKey(), Optional.empty()), request.getTask());
            return SubmitTaskResponse.newBuilder()
                    .setTaskId(submitted.taskId())
                    .setReplayed(submitted.replayed())
                    .build();
        });
    }

    @Override
    public void streamTask(StreamTaskRequest request, StreamObserver<StreamTaskResponse> observer) {
        PacedStream<StreamTaskResponse> stream = new PacedStream<>(observer);
        Calls.stream(observer, () -> {
            Caller caller = caller();
            RunHandle run = tasks.start(caller, request.getTask());
            onCancel(() -> run.cancel("the caller does not listen any more"));
            run.follow(event ->
                    stream.send(StreamTaskResponse.newBuilder().setEvent(event).build()));
        });
    }

    @Override
    public void watchTask(WatchTaskRequest request, StreamObserver<WatchTaskResponse> observer) {
        PacedStream<WatchTaskResponse> stream = new PacedStream<>(observer);
        Calls.stream(observer, () -> {
            events.follow(tenants.current(), request.getTaskId(), request.getAfterSequence(), new TaskEvents.Watcher() {
                @Override
                public boolean accept(dev.pinfactory.proto.v1.TaskEvent event) throws InterruptedException {
                    return stream.send(
                            WatchTaskResponse.newBuilder().setEvent(event).build());
                }

                @Override
                public boolean gone() {
                    return stream.gone();
                }
            });
        });
    }

    @Override
    public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> observer) {
        Calls.answer(
                observer,
                () -> GetTaskResponse.newBuilder()
                        .setResult(records.get(tenants.current(), request.getTaskId()))
                        .build());
    }

    @Override
    public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
        Calls.answer(observer, () -> records.list(tenants.current(), request));
    }

    @Override
    public void cancelTask(CancelTaskRequest request, StreamObserver<CancelTaskResponse> observer) {
        Calls.answer(
                observer,
                () -> CancelTaskResponse.newBuilder()
                        .setResult(records.cancel(tenants.current(), request.getTaskId()))
                        .build());
    }

    @Override
    public void deleteTask(DeleteTaskRequest request, StreamObserver<DeleteTaskResponse> observer) {
        Calls.answer(observer, () -> {
            records.delete(tenants.current(), request.getTaskId());
            return DeleteTaskResponse.getDefaultInstance();
        });
    }

    @Override
    public void createApiKey(CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> observer) {
        Calls.answer(observer, () -> keys.create(request.getKey()));
    }

    @Override
    public void listApiKeys(ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> observer) {
        Calls.answer(observer, keys::list);
    }

    @Override
    public void revokeApiKey(RevokeApiKeyRequest request, StreamObserver<RevokeApiKeyResponse> observer) {
        Calls.answer(observer, () -> {
            keys.revoke(request.getKeyId());
            return RevokeApiKeyResponse.getDefaultInstance();
        });
    }

    @Override
    public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> observer) {
        Calls.answer(observer, () -> quotas.usage(tenants.current()));
    }

    @Override
    public void giveFeedback(GiveFeedbackRequest request, StreamObserver<GiveFeedbackResponse> observer) {
        Calls.answer(
                observer,
                () -> GiveFeedbackResponse.newBuilder()
                        .setResult(feedback.give(request))
                        .build());
    }

    @Override
    public void listReviews(ListReviewsRequest request, StreamObserver<ListReviewsResponse> observer) {
        Calls.answer(observer, () -> feedback.list(request));
    }

    @Override
    public void claimReview(ClaimReviewRequest request, StreamObserver<ClaimReviewResponse> observer) {
        Calls.answer(
                observer,
                () -> ClaimReviewResponse.newBuilder()
                        .setReview(feedback.claim(request))
                        .build());
    }

    @Override
    public void resolveReview(ResolveReviewRequest request, StreamObserver<ResolveReviewResponse> observer) {
        Calls.answer(
                observer,
                () -> ResolveReviewResponse.newBuilder()
                        .setResult(feedback.resolve(request))
                        .build());
    }

    @Override
    public void planTask(PlanTaskRequest request, StreamObserver<PlanTaskResponse> observer) {
        Calls.answer(observer, () -> tasks.plan(caller(), request.getTask()));
    }

    @Override
    public void pinPlan(PinPlanRequest request, StreamObserver<PinPlanResponse> observer) {
        Calls.answer(observer, () -> pins.pin(caller(), request.getName(), request.getTask()));
    }

    @Override
    public void getPinnedPlan(GetPinnedPlanRequest request, StreamObserver<GetPinnedPlanResponse> observer) {
        Calls.answer(
                observer,
                () -> GetPinnedPlanResponse.newBuilder()
                        .setPinnedPlan(pins.get(tenants.current(), request.getName()))
                        .build());
    }

    @Override
    public void listPinnedPlans(ListPinnedPlansRequest request, StreamObserver<ListPinnedPlansResponse> observer) {
        Calls.answer(observer, () -> pins.list(tenants.current(), request));
    }

    @Override
    public void deletePinnedPlan(DeletePinnedPlanRequest request, StreamObserver<DeletePinnedPlanResponse> observer) {
        Calls.answer(observer, () -> {
            pins.delete(tenants.current(), request.getName());
            return DeletePinnedPlanResponse.getDefaultInstance();
        });
    }

    @Override
    public void listSpecialists(ListSpecialistsRequest request, StreamObserver<ListSpecialistsResponse> observer) {
        Calls.answer(observer, () -> {
            tenants.current();
            return specialists.list();
        });
    }

    /** Progress is a few bytes for each batch: no reader is too slow for it. */
    @Override
    public void assessCard(AssessCardRequest request, StreamObserver<AssessCardResponse> observer) {
        PacedStream<AssessCardResponse> stream = new PacedStream<>(observer);
        Waiter listener = new Waiter() {
            @Override
            public boolean gone() {
                return stream.gone();
            }
        };
        Calls.answer(observer, () -> {
            CardImpact impact = impacts.assess(
                    caller(),
                    listener,
                    request,
                    progress -> observer.onNext(AssessCardResponse.newBuilder()
                            .setProgress(progress)
                            .build()));
            return AssessCardResponse.newBuilder().setImpact(impact).build();
        });
    }

    @Override
    public StreamObserver<UploadInputRequest> uploadInput(StreamObserver<UploadInputResponse> observer) {
        return new Upload(tenants, content, observer);
    }

    private Caller caller() {
        Deadline deadline = Context.current().getDeadline();
        Optional<Instant> ends = Optional.ofNullable(deadline)
                .map(left -> clock.instant().plus(Duration.ofNanos(left.timeRemaining(TimeUnit.NANOSECONDS))));
        return new Caller(tenants.current(), Optional.ofNullable(IdempotencyKeyInterceptor.KEY.get()), ends);
    }

    /** The call's context ends too when the call ends well; cancelling an ended task does nothing. */
    private static void onCancel(Runnable cancel) {
        Context.current().addListener(context -> cancel.run(), Runnable::run);
    }
}
