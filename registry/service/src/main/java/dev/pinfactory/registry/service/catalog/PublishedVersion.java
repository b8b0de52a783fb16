package dev.pinfactory.registry.service.catalog;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Version;
import java.time.Instant;

/**
 * A version with the contract that it keeps, and its place in the life cycle.
 *
 * @param weightPercent share of the tasks while it is a canary, otherwise 0
 * @param absent alive nowhere, and for longer than a restart takes
 * @param lastSeen when it was last known to be alive somewhere
 */
public record PublishedVersion(
        Version version,
        Contract contract,
        String contractDigest,
        Version.State state,
        int weightPercent,
        boolean absent,
        Instant publishedAt,
        Instant lastSeen) {

    public String number() {
        return version.getNumber();
    }

    PublishedVersion in(Version.State newState, int newWeight) {
        return new PublishedVersion(
                version, contract, contractDigest, newState, newWeight, absent, publishedAt, lastSeen);
    }

    /** The same version as it presents itself now: the model is the same, words and figures may differ. */
    PublishedVersion presentedBy(Version newVersion, Contract newContract, String newDigest) {
        return new PublishedVersion(
                newVersion, newContract, newDigest, state, weightPercent, absent, publishedAt, lastSeen);
    }

    PublishedVersion seen(Instant now) {
        return new PublishedVersion(version, contract, contractDigest, state, weightPercent, false, publishedAt, now);
    }

    PublishedVersion missing() {
        return new PublishedVersion(
                version, contract, contractDigest, state, weightPercent, true, publishedAt, lastSeen);
    }
}
