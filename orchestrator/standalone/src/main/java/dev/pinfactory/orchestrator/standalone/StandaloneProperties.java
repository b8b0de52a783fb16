package dev.pinfactory.orchestrator.standalone;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the program was told, as {@code --pinfactory.…=value}.
 *
 * @param swarm ports and data directory; everything else that was given goes to every role
 * @param runFile where to write the addresses when tasks are accepted
 * @param endsWithStandardInput stop when standard input ends, because whoever started the program is gone
 */
record StandaloneProperties(LocalSwarmOptions swarm, Optional<Path> runFile, boolean endsWithStandardInput) {
    private static final String PREFIX = "pinfactory.";

    static StandaloneProperties parse(String[] arguments) {
        Map<String, String> properties = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' is not --name=value");
            }
            properties.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        Path data = Path.of(take(properties, "data-dir", ".pinfactory")).toAbsolutePath();
        int rest = port(properties, "rest-port", 8080);
        int grpc = port(properties, "grpc-port", 9090);
        int registry = port(properties, "registry-port", 9101);
        Optional<Path> runFile =
                Optional.ofNullable(properties.remove(PREFIX + "run-file")).map(Path::of);
        boolean ends = Boolean.parseBoolean(take(properties, "ends-with-standard-input", "false"));
        return new StandaloneProperties(new LocalSwarmOptions(data, rest, grpc, registry, properties), runFile, ends);
    }

    private static int port(Map<String, String> properties, String name, int byDefault) {
        String value = take(properties, name, String.valueOf(byDefault));
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port < 1 << 16) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below like a number that is out of range.
        }
        throw new IllegalArgumentException(PREFIX + name + "='" + value + "' is not a port from 0 to 65535");
    }

    private static String take(Map<String, String> properties, String name, String byDefault) {
        String value = properties.remove(PREFIX + name);
        return value == null ? byDefault : value;
    }
}
