package dev.pinfactory.registry.service.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Where the catalogue is kept. */
public interface CatalogStore {
    /** Does some work as one transaction. These come one after the other, over all replicas: the order is the order of revisions. */
    <T> T change(Function<CatalogTransaction, T> work);

    /** Moves the end of a lease by its length from now, which is returned; empty when there is no such lease. No change of the catalogue. */
    Optional<Duration> renew(String leaseId, Instant now);

    /** What changed after a revision; all when the revision is too old to say, or not of this catalogue. */
    CatalogChanges changesAfter(long revision);
}
