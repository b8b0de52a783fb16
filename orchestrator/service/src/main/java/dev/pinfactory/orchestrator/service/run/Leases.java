package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.store.Claim;
import dev.pinfactory.orchestrator.service.store.FencedException;
import dev.pinfactory.orchestrator.service.store.OpenTask;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's tasks, and takes over those that nobody keeps: of a process that died, of this one before its restart, or of a run that broke
 * off.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final TaskStore store;
    private final TaskRuns runs;
    private final Admission admission;
    private final String owner;
    private final Duration length;
    private final Clock clock;
    private boolean closed;

    public Leases(TaskStore store, TaskRuns runs, Admission admission, String owner, Duration length, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.admission = admission;
        this.owner = owner;
        this.length = length;
        this.clock = clock;
    }

    /** A lease from now on. */
    public TaskStore.Lease next() {
        return new TaskStore.Lease(owner, clock.instant().plus(length));
    }

    /** One round; to be called several times within a lease. A store that is away now is asked again in the next round. */
    public synchronized void round() {
        if (closed) {
            return;
        }
        try {
            runs.cancel(store.renew(next(), runs.durable()));
            takeOver();
        } catch (RuntimeException e) {
            LOG.warn("leases could not be renewed: {}", e.toString());
        }
    }

    private void takeOver() {
        int free = admission.free();
        if (free == 0) {
            return;
        }
        List<Claim> claims = store.claimAbandoned(next(), clock.instant(), free);
        for (Claim claim : claims) {
            // A run of ours that broke off may be ending still; it must not be there twice.
            try {
                OpenTask open = store.load(claim);
                Optional<Admission.Place> place = admission.enterIfFree(
                        claim.tenant(), open.task().getPriority(), open.task().getSerializedSize());
                if (place.isEmpty()) {
                    // Somebody else was faster to the last place. The lease runs out, and the task is found again.
                    return;
                }
                LOG.info(
                        "task {} goes on from {} journal entries",
                        claim.taskId(),
                        open.journal().size());
                runs.resume(open, place.get());
            } catch (FencedException e) {
                LOG.debug("task {} is gone again", claim.taskId());
            }
        }
    }

    /** Stops renewing, and lets others go on at once. Call it when nothing runs any more. */
    public synchronized void close() {
        closed = true;
        try {
            store.release(owner, clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("leases could not be given up, they run out within {}: {}", length, e.toString());
        }
    }
}
