package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.Planner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PlanRequest REQUEST =
            PlanRequest.newBuilder().setInstruction("weigh it").build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Planning planning(Planner planner, int maxConcurrent) {
        return new Planning(
                planner,
                () -> Contracts.of(List.of()),
                request -> Duration.ofSeconds(5),
                maxConcurrent,
                new PlanningMetrics(meters),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void theEarlierOfTwoDeadlinesHolds() {
        AtomicReference<Instant> deadline = new AtomicReference<>();
        Planning planning = planning(
                request -> {
                    deadline.set(request.deadline());
                    return new Planned(Plan.getDefaultInstance());
                },
                1);
        planning.plan(REQUEST, Duration.ofSeconds(2));
        assertThat(deadline).hasValue(NOW.plusSeconds(2));
        planning.plan(REQUEST, Duration.ofHours(1));
        assertThat(deadline).hasValue(NOW.plusSeconds(5));
    }

    @Test
    void aDeadlineThatHasPassedCostsNothing() {
        Planning planning = planning(
                request -> {
                    throw new AssertionError("planned");
                },
                1);
        assertThatThrownBy(() -> planning.plan(REQUEST, Duration.ZERO))
                .isInstanceOfSatisfying(
                        PinfactoryException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void whatIsTooMuchAtATimeIsRefusedAtOnceWithAWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Planning planning = planning(
                request -> {
                    begun.countDown();
                    try {
                        assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return new Planned(Plan.getDefaultInstance());
                },
                1);
        var running = CompletableFuture.supplyAsync(() -> planning.plan(REQUEST, Duration.ofSeconds(10)));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> planning.plan(REQUEST, Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(PinfactoryException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(error.retryAfter()).isPresent();
                });
        release.countDown();
        assertThat(running.get(10, TimeUnit.SECONDS).hasPlan()).isTrue();
        assertThat(meters.get("pinfactory.router.overloaded").counter().count()).isEqualTo(1);
    }
}
