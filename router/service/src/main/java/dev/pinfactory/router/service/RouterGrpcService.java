package dev.pinfactory.router.service;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans over gRPC. What it does stands in {@link Planning}. */
class RouterGrpcService extends RouterServiceGrpc.RouterServiceImplBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouterGrpcService.class);

    private final Planning planning;

    RouterGrpcService(Planning planning) {
        this.planning = planning;
    }

    @Override
    public void plan(PlanRequest request, StreamObserver<PlanResponse> caller) {
        PlanResponse response;
        try {
            response = planning.plan(request, left());
        } catch (RuntimeException e) {
            var refused = Errors.toGrpc(e);
            if (refused.getStatus().getCode() == io.grpc.Status.Code.INTERNAL) {
                LOGGER.error("planning failed", e);
            }
            caller.onError(refused);
            return;
        }
        LOGGER.debug("planned in {}", Durations.toString(response.getTook()));
        caller.onNext(response);
        caller.onCompleted();
    }

    /** What the caller's deadline leaves; none leaves a day, which the router's own limit undercuts. */
    private static Duration left() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null ? Duration.ofDays(1) : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
    }
}
