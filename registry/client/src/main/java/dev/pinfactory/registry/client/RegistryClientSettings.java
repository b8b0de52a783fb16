package dev.pinfactory.registry.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a client watches the registry.
 *
 * @param address of the registry, {@code host:port} or {@code inprocess:name}
 * @param endpoints whether it wants to know where specialists listen
 * @param snapshotFile where the last good catalogue is kept for a start without the registry
 * @param firstBackoff wait after the first failure; doubles
 * @param longestBackoff upper bound of the wait
 * @param silence how long a watch may say nothing, not even a heartbeat, before it counts as dead
 */
public record RegistryClientSettings(
        String address,
        boolean endpoints,
        Optional<Path> snapshotFile,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration silence) {

    /** Three heartbeats of the registry's default. */
    private static final Duration DEFAULT_SILENCE = Duration.ofSeconds(15);

    public RegistryClientSettings {
        if (firstBackoff.toMillis() < 1 || longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException(
                    "backoff from " + firstBackoff + " to " + longestBackoff + ": expected at least 1 ms, ascending");
        }
        if (!silence.isPositive()) {
            throw new IllegalArgumentException("silence is " + silence + ", expected more than 0");
        }
    }

    /** For an orchestrator: with endpoints, nothing kept on disk. */
    public static RegistryClientSettings at(String address) {
        return new RegistryClientSettings(
                address, true, Optional.empty(), Duration.ofMillis(100), Duration.ofSeconds(10), DEFAULT_SILENCE);
    }

    /** For a router, which never sees an address. */
    public RegistryClientSettings withoutEndpoints() {
        return new RegistryClientSettings(address, false, snapshotFile, firstBackoff, longestBackoff, silence);
    }

    public RegistryClientSettings withSnapshotFile(Path file) {
        return new RegistryClientSettings(address, endpoints, Optional.of(file), firstBackoff, longestBackoff, silence);
    }

    public RegistryClientSettings withBackoff(Duration first, Duration longest) {
        return new RegistryClientSettings(address, endpoints, snapshotFile, first, longest, silence);
    }

    public RegistryClientSettings withSilence(Duration longest) {
        return new RegistryClientSettings(address, endpoints, snapshotFile, firstBackoff, longestBackoff, longest);
    }
}
