package dev.pinfactory.router.service;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.card.TriedCard;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.planner.Planner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tries cards that take no traffic: a bounded number at a time, each on models of its own, so that the plans of the day neither see nor miss anything. One
 * request after the other, on one thread: whoever waits for a plan comes first.
 */
final class Trials {
    /** A caller with more asks again: the catalogue is read anew then, and a trial stays short. */
    static final int MAX_REQUESTS = 200;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Supplier<RouterModels> models;
    private final Function<RouterModels, Planner> planners;
    private final Supplier<Contracts> catalogue;
    private final Duration planningTime;
    private final Semaphore permits;
    private final Clock clock;

    /**
     * @param models that plan now
     * @param planners makes a planner that remembers nothing and asks no language model
     * @param planningTime of one plan
     */
    Trials(
            Supplier<RouterModels> models,
            Function<RouterModels, Planner> planners,
            Supplier<Contracts> catalogue,
            Duration planningTime,
            int maxConcurrent,
            Clock clock) {
        this.models = models;
        this.planners = planners;
        this.catalogue = catalogue;
        this.planningTime = planningTime;
        this.permits = new Semaphore(maxConcurrent);
        this.clock = clock;
    }

    /** Who hears what comes out, piece by piece. */
    interface Listener {
        /** False when nobody listens any more. */
        boolean hears(TryCardResponse response) throws InterruptedException;
    }

    /**
     * The card's surroundings first, then what becomes of each request.
     *
     * @throws PinfactoryException CARD_INVALID or INVALID_ARGUMENT with everything that is wrong, DEADLINE_EXCEEDED, or OVERLOADED
     */
    void tryCard(TryCardRequest request, Duration left, Listener listener) throws InterruptedException {
        Contracts without = catalogue.get();
        Contracts with = TriedCard.in(without, request.getCard());
        if (request.getRequestsCount() > MAX_REQUESTS) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "requests",
                    request.getRequestsCount() + " came; at most " + MAX_REQUESTS + " at a time");
        }
        if (!permits.tryAcquire()) {
            throw new PinfactoryException(
                    ErrorCode.OVERLOADED, "the router tries as many cards as it takes", List.of(), RETRY_AFTER, null);
        }
        try {
            run(trial(request, without, with), request, clock.instant().plus(left), listener);
        } finally {
            permits.release();
        }
    }

    private Trial trial(TryCardRequest request, Contracts without, Contracts with) {
        RouterModels own = models.get().forTrial();
        return new Trial(request.getCard().getContract(), without, with, own, planners.apply(own));
    }

    private void run(Trial trial, TryCardRequest request, Instant deadline, Listener listener)
            throws InterruptedException {
        boolean heard = listener.hears(TryCardResponse.newBuilder()
                .setSurroundings(trial.surroundings())
                .build());
        for (PlanRequest one : request.getRequestsList()) {
            Instant now = clock.instant();
            if (!now.isBefore(deadline)) {
                throw new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the trial took longer than its deadline");
            }
            if (!heard) {
                return;
            }
            Instant limit = now.plus(planningTime);
            heard = listener.hears(TryCardResponse.newBuilder()
                    .setChange(trial.change(one, limit.isBefore(deadline) ? limit : deadline))
                    .build());
        }
    }
}
