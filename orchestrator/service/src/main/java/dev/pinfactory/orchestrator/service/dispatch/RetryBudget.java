package dev.pinfactory.orchestrator.service.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/** Lets retries be a share of the calls that succeed, so that a specialist that always fails is not called the more for it. Counts in thousandths of a retry. */
final class RetryBudget {
    private static final long RETRY = 1_000;

    private final long perSuccess;
    private final long most;
    private final AtomicLong left;

    RetryBudget(double share, int burst) {
        this.perSuccess = Math.round(share * RETRY);
        this.most = burst * RETRY;
        this.left = new AtomicLong(most);
    }

    /** A call has succeeded. */
    void succeeded() {
        left.updateAndGet(before -> Math.min(most, before + perSuccess));
    }

    /** Whether one more retry is within the budget; it is spent then. */
    boolean spend() {
        return left.getAndUpdate(before -> before >= RETRY ? before - RETRY : before) >= RETRY;
    }
}
