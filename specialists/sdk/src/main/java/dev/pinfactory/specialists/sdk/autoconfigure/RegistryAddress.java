package dev.pinfactory.specialists.sdk.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the registry is: as configured, else where the swarm that was started in this directory says, else its default port. */
final class RegistryAddress {
    private static final Logger log = LoggerFactory.getLogger(RegistryAddress.class);
    private static final String DEFAULT = "127.0.0.1:9101";
    private static final Path SWARM_FILE = Path.of("run", "swarm.json");

    private RegistryAddress() {}

    static String resolve(@Nullable String configured, Path dataDirectory) {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        return running(dataDirectory.resolve(SWARM_FILE)).orElse(DEFAULT);
    }

    private static Optional<String> running(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode registry =
                    JsonMapper.shared().readTree(Files.readString(file)).path("registry");
            return Optional.of(registry.asString("")).filter(address -> !address.isEmpty());
        } catch (IOException | JacksonException e) {
            log.warn("{} can't be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
