package dev.pinfactory.router.service;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes plans over the catalogue of the moment: a bounded number at a time, each within its time, all of them counted. */
class Planning {
    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final Planner planner;
    private final Supplier<Contracts> contracts;
    private final Function<PlanRequest, Duration> planningTime;
    private final Semaphore permits;
    private final PlanningMetrics metrics;
    private final Clock clock;

    Planning(
            Planner planner,
            Supplier<Contracts> contracts,
            Function<PlanRequest, Duration> planningTime,
            int maxConcurrent,
            PlanningMetrics metrics,
            Clock clock) {
        this.planner = planner;
        this.contracts = contracts;
        this.planningTime = planningTime;
        this.permits = new Semaphore(maxConcurrent);
        this.metrics = metrics;
        this.clock = clock;
    }

    PlanResponse plan(PlanRequest request, Duration left) {
        if (left.isNegative() || left.isZero()) {
            throw new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the deadline had passed before planning began");
        }
        if (!permits.tryAcquire()) {
            metrics.overloaded();
            throw new PinfactoryException(
                    ErrorCode.OVERLOADED, "the router makes as many plans as it takes", List.of(), RETRY_AFTER, null);
        }
        long start = System.nanoTime();
        try {
            Duration limit = planningTime.apply(request);
            Instant deadline = clock.instant().plus(left.compareTo(limit) < 0 ? left : limit);
            PlanOutcome outcome = planner.plan(new PlanningRequest(request, contracts.get(), deadline));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            metrics.ended(outcome, took);
            return response(outcome)
                    .setTook(Durations.fromNanos(took.toNanos()))
                    .build();
        } finally {
            permits.release();
        }
    }

    private static PlanResponse.Builder response(PlanOutcome outcome) {
        return switch (outcome) {
            case Planned planned ->
                PlanResponse.newBuilder()
                        .setPlan(planned.plan())
                        .setCost(planned.cost())
                        .setFromCache(planned.fromCache());
            case Refused refused ->
                PlanResponse.newBuilder().setRefusal(refused.refusal()).setCost(refused.cost());
            case Passed passed -> throw new PinfactoryException(ErrorCode.INTERNAL, "no planner answered");
        };
    }
}
