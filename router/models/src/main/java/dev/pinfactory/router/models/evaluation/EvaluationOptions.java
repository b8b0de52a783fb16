package dev.pinfactory.router.models.evaluation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

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
    static EvaluationOptions parse(String[] line) {
        Arguments arguments = Arguments.of(
                line,
                Set.of("--cards", "--requests", "--graph", "--router", "--predictions", "--json"),
                Set.of("--no-refusal"));
        return new EvaluationOptions(
                Arguments.needed("--cards", arguments.existing("--cards")),
                Arguments.needed("--requests", arguments.existing("--requests")),
                arguments.existing("--graph"),
                arguments.existing("--router"),
                arguments.has("--no-refusal"),
                arguments.path("--predictions"),
                arguments.path("--json"));
    }
}
