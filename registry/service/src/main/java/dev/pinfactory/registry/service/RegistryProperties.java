package dev.pinfactory.registry.service;

import dev.pinfactory.registry.service.catalog.CatalogRules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings {@code pinfactory.registry.*}.
 *
 * @param admitAtOnce whether what registers becomes champion when its specialist has no champion that is alive or can be fetched; by default only where the server is
 *     reached from this machine alone
 * @param trustedNetwork whether the network itself keeps strangers away, so that an address other than loopback needs no certificates; for a cluster whose
 *     network policy lets only the swarm's own roles in
 * @param leaseDuration granted when an endpoint asks for none
 * @param shortestLease lower bound of what is granted
 * @param longestLease upper bound of what is granted
 * @param absence how long a version may be alive nowhere before plans leave it out
 * @param forgetAfter how long a specialist that never served may be absent before it is removed
 * @param eventRetention how long events in the outbox are kept, read or not
 * @param auditRetention how long the log of moves is kept
 * @param modelRetention how long a model is kept that no version has, or only versions that were retired or rejected
 * @param maxSpecialists how many ids the catalogue holds
 * @param sweepInterval how often leases are looked through
 * @param pollInterval how often another replica's changes are looked for
 * @param heartbeat how often a watcher hears that nothing changed
 * @param slowWatcher how long a watcher may take nothing before its watch is ended
 * @param maxWatchers how many watches stand at a time
 * @param maxModelSize the largest model
 * @param maxUploads how many models are uploaded at a time
 */
@Validated
@ConfigurationProperties("pinfactory.registry")
public record RegistryProperties(
        @Nullable Boolean admitAtOnce,
        @DefaultValue("false") boolean trustedNetwork,
        @DefaultValue("15s") Duration leaseDuration,
        @DefaultValue("1s") Duration shortestLease,
        @DefaultValue("5m") Duration longestLease,
        @DefaultValue("1m") Duration absence,
        @DefaultValue("30d") Duration forgetAfter,
        @DefaultValue("30d") Duration eventRetention,
        @DefaultValue("400d") Duration auditRetention,
        @DefaultValue("90d") Duration modelRetention,
        @DefaultValue("10000") @Min(1) @Max(100_000) int maxSpecialists,
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("500ms") Duration pollInterval,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("30s") Duration slowWatcher,
        @DefaultValue("1000") @Min(1) int maxWatchers,
        @DefaultValue("256MB") DataSize maxModelSize,
        @DefaultValue("4") @Min(1) int maxUploads) {

    public RegistryProperties {
        requirePositive("lease-duration", leaseDuration);
        requirePositive("shortest-lease", shortestLease);
        requirePositive("sweep-interval", sweepInterval);
        requirePositive("poll-interval", pollInterval);
        requirePositive("heartbeat", heartbeat);
        requirePositive("slow-watcher", slowWatcher);
        requirePositive("event-retention", eventRetention);
        requirePositive("audit-retention", auditRetention);
        requirePositive("model-retention", modelRetention);
        if (longestLease.compareTo(shortestLease) < 0) {
            throw new IllegalArgumentException("pinfactory.registry.longest-lease is " + longestLease
                    + ", shorter than shortest-lease " + shortestLease);
        }
    }

    CatalogRules rules(boolean onlyFromThisMachine) {
        return new CatalogRules(
                admitAtOnce == null ? onlyFromThisMachine : admitAtOnce,
                leaseDuration,
                shortestLease,
                longestLease,
                absence,
                forgetAfter,
                maxSpecialists);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("pinfactory.registry." + name + " is " + value + ", expected above 0");
        }
    }
}
