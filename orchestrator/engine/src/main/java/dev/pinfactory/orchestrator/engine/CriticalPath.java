package dev.pinfactory.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** How much time the steps behind a step will still want, and what that leaves for a call. */
final class CriticalPath {
    private final PlanGraph graph;
    private final long[] estimates;
    private final long[] tails;

    /** @param estimates how long each step takes */
    CriticalPath(PlanGraph graph, IntFunction<Duration> estimates) {
        this.graph = graph;
        this.estimates = new long[graph.size()];
        Arrays.setAll(this.estimates, step -> estimates.apply(step).toNanos());
        tails = new long[graph.size()];
        recompute(step -> false);
    }

    /** To be called when steps have ended: those behind which nothing runs any more leave their time to others. */
    void recompute(IntPredicate ended) {
        for (int i = graph.size() - 1; i >= 0; i--) {
            int step = graph.order().get(i);
            long longest = 0;
            for (int dependent : graph.dependents(step)) {
                if (!ended.test(dependent)) {
                    longest = Math.max(longest, estimates[dependent] + tails[dependent]);
                }
            }
            tails[step] = longest;
        }
    }

    /** The longest chain of steps behind this one. */
    Duration behind(int step) {
        return Duration.ofNanos(tails[step]);
    }

    /**
     * The latest finish of work that takes {@code own}, so that {@code behind} still fits before the end. Where both together do not fit,
     * what is left is shared in proportion, so that a late start squeezes all steps of a chain and starves none.
     */
    static Instant latestFinish(Instant now, Instant end, Duration own, Duration behind) {
        Duration left = Duration.between(now, end);
        Duration wanted = own.plus(behind);
        if (left.compareTo(wanted) >= 0) {
            return end.minus(behind);
        }
        double share = (double) own.toNanos() / wanted.toNanos();
        return now.plusNanos(Math.max(0, (long) (left.toNanos() * share)));
    }
}
