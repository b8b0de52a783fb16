package dev.pinfactory.router.models.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate, on what, and where the outcome goes.
 *
 * @param router folder of a trained or fitted router; the shipped one where it is not given
 * @param noRefusal a refused request counts with its best guess
 */
record EvaluationOptions(
        Path cards,
        Path requests,
        Optional<Path> graph,
        Optional<Path> router,
        boolean noRefusal,
        Optional<Path> predictions,
        Optional<Path> json) {

    /**
     * Reads command line arguments.
     *
     * @throws IllegalArgumentException when one is unknown or missing, or a file is not there
     */
    static EvaluationOptions parse(String[] arguments) {
        Path cards = null;
        Path requests = null;
        Path graph = null;
        Path router = null;
        Path predictions = null;
        Path json = null;
        boolean noRefusal = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--cards" -> cards = existing(arguments, i++);
                case "--requests" -> requests = existing(arguments, i++);
                case "--graph" -> graph = existing(arguments, i++);
                case "--router" -> router = existing(arguments, i++);
                case "--predictions" -> predictions = path(arguments, i++);
                case "--json" -> json = path(arguments, i++);
                case "--no-refusal" -> noRefusal = true;
                default -> throw new IllegalArgumentException("unknown option '" + arguments[i] + "'");
            }
        }
        if (cards == null || requests == null) {
            throw new IllegalArgumentException("--cards and --requests are needed");
        }
        return new EvaluationOptions(
                cards, requests, given(graph), given(router), noRefusal, given(predictions), given(json));
    }

    private static Optional<Path> given(@Nullable Path path) {
        return Optional.ofNullable(path);
    }

    private static Path existing(String[] arguments, int option) {
        Path path = path(arguments, option);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(arguments[option] + ": there is no " + path);
        }
        return path;
    }

    private static Path path(String[] arguments, int option) {
        if (option + 1 >= arguments.length) {
            throw new IllegalArgumentException(arguments[option] + " needs a value");
        }
        return Path.of(arguments[option + 1]);
    }
}
