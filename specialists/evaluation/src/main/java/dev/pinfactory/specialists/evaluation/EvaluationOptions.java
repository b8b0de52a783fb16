package dev.pinfactory.specialists.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says.
 *
 * @param model label set; empty for the default
 */
record EvaluationOptions(
        String name,
        Path data,
        String model,
        Optional<Path> history,
        Optional<Path> artifact,
        Optional<Path> predictions,
        Optional<Path> json) {
    private static final Set<String> KNOWN =
            Set.of("--data", "--history", "--artifact", "--model", "--predictions", "--json");

    /** @throws IllegalArgumentException when an argument is missing or unknown */
    static EvaluationOptions parse(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            throw new IllegalArgumentException("which specialist?");
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i])) {
                throw new IllegalArgumentException("there is no option '" + arguments[i] + "'");
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " wants a value");
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        String data = values.get("--data");
        if (data == null) {
            throw new IllegalArgumentException("--data is missing: the file to measure on");
        }
        return new EvaluationOptions(
                arguments[0],
                Path.of(data),
                values.getOrDefault("--model", ""),
                path(values, "--history"),
                path(values, "--artifact"),
                writable(values, "--predictions"),
                writable(values, "--json"));
    }

    /** Said before the work and not after it. */
    static Optional<Path> writable(Map<String, String> values, String option) {
        Optional<Path> file = path(values, option);
        file.map(Path::toAbsolutePath)
                .filter(one -> Files.isDirectory(one) || !Files.isDirectory(one.resolveSibling("")))
                .ifPresent(one -> {
                    throw new IllegalArgumentException(option + " is " + one + ", where no file can be written");
                });
        return file;
    }

    static Optional<Path> path(Map<String, String> values, String option) {
        return Optional.ofNullable(values.get(option)).map(Path::of);
    }
}
