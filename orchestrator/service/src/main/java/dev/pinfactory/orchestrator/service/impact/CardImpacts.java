package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.orchestrator.service.plan.RouterClient;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Caller;
import dev.pinfactory.orchestrator.service.task.Waiter;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.card.TriedCard;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.AssessmentProgress;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says what cards would change before they take traffic: a bounded number at a time, and one at a time for each tenant. */
public final class CardImpacts {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final RouterClient router;
    private final TaskStore tasks;
    private final PinStore pins;
    private final Supplier<CatalogSnapshot> catalog;
    private final ImpactLimits limits;
    private final Clock clock;
    private final Set<String> busy = new HashSet<>();

    public CardImpacts(
            RouterClient router,
            TaskStore tasks,
            PinStore pins,
            Supplier<CatalogSnapshot> catalog,
            ImpactLimits limits,
            Clock clock) {
        this.router = router;
        this.tasks = tasks;
        this.pins = pins;
        this.catalog = catalog;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * What the card would change for the caller's tenant.
     *
     * @param progress hears how far it is, after each batch
     * @throws PinfactoryException CARD_INVALID or INVALID_ARGUMENT with everything that is wrong; OVERLOADED; DEADLINE_EXCEEDED; CANCELLED when nobody waits
     */
    public CardImpact assess(
            Caller caller, Waiter waiter, AssessCardRequest request, Consumer<AssessmentProgress> progress) {
        Contracts now = catalog.get().contracts();
        Contracts with = TriedCard.in(now, request.getCard());
        AssessmentRules.check(request);
        String tenant = caller.tenant();
        enter(tenant);
        try {
            Instant deadline = clock.instant().plus(limits.timeout());
            Instant ends = caller.deadline().filter(deadline::isAfter).orElse(deadline);
            return new Assessment(router, tasks, pins, clock, tenant, now, with, request).run(ends, waiter, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PinfactoryException(ErrorCode.UNAVAILABLE, "the service stops", e);
        } finally {
            leave(tenant);
        }
    }

    private synchronized void enter(String tenant) {
        if (busy.contains(tenant)) {
            throw overloaded("this tenant has a card assessed already");
        }
        if (busy.size() >= limits.concurrency()) {
            throw overloaded("the swarm assesses as many cards as it takes");
        }
        busy.add(tenant);
    }

    private synchronized void leave(String tenant) {
        busy.remove(tenant);
    }

    private static PinfactoryException overloaded(String why) {
        return new PinfactoryException(ErrorCode.OVERLOADED, why, List.of(), RETRY_AFTER, null);
    }
}
