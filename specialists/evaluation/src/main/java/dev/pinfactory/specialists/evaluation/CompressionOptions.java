package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.specialists.learning.TrainingRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param teacher "shipped", a directory with a model, or an address; empty for the one that the compressor trains
 */
record CompressionOptions(
        String name,
        Optional<Path> data,
        Optional<String> teacher,
        Optional<Path> unlabelled,
        Optional<Path> out,
        Optional<Path> json,
        Optional<Path> html,
        int folds,
        long seed) {
    private static final Set<String> KNOWN =
            Set.of("--data", "--teacher", "--unlabelled", "--out", "--json", "--html", "--folds", "--seed");

    /** @throws IllegalArgumentException when an argument is missing or unknown */
    static CompressionOptions parse(String... arguments) {
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
        return new CompressionOptions(
                arguments[0],
                EvaluationOptions.path(values, "--data"),
                Optional.ofNullable(values.get("--teacher")),
                EvaluationOptions.path(values, "--unlabelled"),
                EvaluationOptions.path(values, "--out"),
                EvaluationOptions.writable(values, "--json"),
                EvaluationOptions.writable(values, "--html"),
                folds(values.get("--folds")),
                seed(values.get("--seed")));
    }

    private static int folds(@Nullable String value) {
        try {
            return value == null ? 0 : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--folds is '" + value + "', expected a whole number", e);
        }
    }

    private static long seed(@Nullable String value) {
        try {
            return value == null ? TrainingRequest.DEFAULT_SEED : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed is '" + value + "', expected a whole number", e);
        }
    }
}
