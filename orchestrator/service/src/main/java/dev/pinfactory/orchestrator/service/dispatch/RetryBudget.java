package dev.pinfactory.orchestrator.service.dispatch;

import java.util.concurrent.atomic.AtomicLong;

/** Lets retries be a share of the calls, so that a specialist that fails is not called the more for it. Counts in thousandths of a retry. */
final class RetryBudget {
    private static final long RETRY = 1_000;

    private final long perCall;
    private final long most;
    private final AtomicLong left;

    RetryBudget(double share, int burst) {
        this.perCall = Math.round(share * RETRY);
        this.most = burst * RETRY;
        this.left = new AtomicLong(most);
    }

    /** A first call was made. */
    void called() {
        left.updateAndGet(before -> Math.min(most, before + perCall));
    }

    /** Whether one more retry is within the budget; it is spent then. */
    boolean spend() {
        return left.getAndUpdate(before -> before >= RETRY ? before - RETRY : before) >= RETRY;
    }
}
