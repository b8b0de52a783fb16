package dev.pinfactory.orchestrator.service.store;

/** The task was claimed by somebody else, erased, or has ended: this run must stop, and nothing of what it wanted to write was written. */
public final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(Claim claim) {
        super("epoch " + claim.epoch() + " of task " + claim.taskId() + " is over");
    }
}
