package dev.pinfactory.router.service;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.stream.PacedStream;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Plans over gRPC. What it does stands in {@link Planning} and {@link Trials}. */
class RouterGrpcService extends RouterServiceGrpc.RouterServiceImplBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouterGrpcService.class);

    /** In the log; longer ones are none of ours. */
    private static final int MAX_TASK_ID = 100;

    private final Planning planning;
    private final Trials trials;

    RouterGrpcService(Planning planning, Trials trials) {
        this.planning = planning;
        this.trials = trials;
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> caller) {
        try (var task = MDC.putCloseable("taskId", shortened(request.getTaskId()))) {
            answer(request, caller);
        }
    }

    private void answer(PlanRequest request, StreamObserver<PlanResponse> caller) {
        PlanResponse response;
        try {
            response = planning.plan(request, left());
        } catch (RuntimeException e) {
            fail(caller, e);
            return;
        }
        log(response);
        caller.onNext(response);
        caller.onCompleted();
    }

    private static void fail(StreamObserver<?> caller, Exception failure) {
        var refused = Errors.toGrpc(failure);
        if (refused.getStatus().getCode() == io.grpc.Status.Code.INTERNAL) {
            LOGGER.error("planning failed", failure);
        } else {
            LOGGER.info("not planned: {}", refused.getStatus().getCode());
        }
        caller.onError(refused);
    }

    @Override
    public void tryCard(TryCardRequest request, StreamObserver<TryCardResponse> caller) {
        PacedStream<TryCardResponse> stream = new PacedStream<>(caller);
        long start = System.nanoTime();
        try {
            trials.tryCard(request, left(), stream::send);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(caller, e);
            return;
        } catch (RuntimeException e) {
            fail(caller, e);
            return;
        }
        LOGGER.info(
                "tried a card on {} requests in {} ms",
                request.getRequestsCount(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        if (!stream.gone()) {
            caller.onCompleted();
        }
    }

    /** A line for every plan, so that a task can be followed; what was asked for is nobody's business here. */
    private static void log(PlanResponse response) {
        long millis = Durations.toMillis(response.getTook());
        if (response.hasRefusal()) {
            LOGGER.info("refused {} in {} ms", response.getRefusal().getReason(), millis);
        } else {
            LOGGER.info(
                    "planned {} steps by {} in {} ms",
                    response.getPlan().getStepsCount(),
                    response.getFromCache() ? "CACHE" : response.getPlan().getPlanner(),
                    millis);
        }
    }

    private static String shortened(String taskId) {
        return taskId.length() <= MAX_TASK_ID ? taskId : taskId.substring(0, MAX_TASK_ID);
    }

    /** What the caller's deadline leaves; none leaves a day, which the router's own limit undercuts. */
    private static Duration left() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null ? Duration.ofDays(1) : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }
}
