package dev.pinfactory.registry.service.rollout;

/**
 * How many of some calls had it: failed, abstained, took too long.
 *
 * @param hits of all
 */
public record Share(long hits, long all) {
    public Share {
        if (hits < 0 || hits > all) {
            throw new IllegalArgumentException(hits + " of " + all);
        }
    }

    /** Never more hits than calls: corrections of one call may come twice. */
    static Share capped(long hits, long all) {
        return new Share(Math.min(hits, all), all);
    }

    double rate() {
        return all == 0 ? 0 : (double) hits / all;
    }

    long misses() {
        return all - hits;
    }

    @Override
    public String toString() {
        return hits + " of " + all;
    }
}
