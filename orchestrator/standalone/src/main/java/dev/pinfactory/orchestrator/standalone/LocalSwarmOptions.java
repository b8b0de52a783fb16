package dev.pinfactory.orchestrator.standalone;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a swarm in one process is started.
 *
 * @param dataDirectory databases, snapshots and uploads
 * @param restPort 0 for a free one
 * @param grpcPort 0 for a free one
 * @param registryPort 0 for a free one
 * @param properties further properties, given to every role
 */
public record LocalSwarmOptions(
        Path dataDirectory, int restPort, int grpcPort, int registryPort, Map<String, String> properties) {
    public LocalSwarmOptions {
        properties = Map.copyOf(properties);
    }

    /** Free ports and no further properties. */
    public static LocalSwarmOptions onFreePorts(Path dataDirectory) {
        return new LocalSwarmOptions(dataDirectory, 0, 0, 0, Map.of());
    }
}
