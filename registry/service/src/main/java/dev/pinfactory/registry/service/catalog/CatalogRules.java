package dev.pinfactory.registry.service.catalog;

import java.time.Duration;

/**
 * The settings of the rules.
 *
 * @param admitAtOnce whether what registers becomes champion when its specialist has no champion that is alive
 * @param defaultLease granted when none is asked for
 * @param shortestLease lower bound of what is granted
 * @param longestLease upper bound of what is granted
 * @param absence how long a version may be alive nowhere before plans leave it out; longer than a restart takes
 * @param forgetAfter how long a specialist that never served may be absent before it is removed
 * @param maxSpecialists how many ids the catalogue holds
 */
public record CatalogRules(
        boolean admitAtOnce,
        Duration defaultLease,
        Duration shortestLease,
        Duration longestLease,
        Duration absence,
        Duration forgetAfter,
        int maxSpecialists) {

    /** What is granted when this is asked for; zero asks for nothing. */
    Duration grant(Duration asked) {
        if (!asked.isPositive()) {
            return defaultLease;
        }
        if (asked.compareTo(shortestLease) < 0) {
            return shortestLease;
        }
        return asked.compareTo(longestLease) > 0 ? longestLease : asked;
    }
}
