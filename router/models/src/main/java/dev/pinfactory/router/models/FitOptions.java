package dev.pinfactory.router.models;

import dev.pinfactory.router.models.evaluation.Arguments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What to fit, to what.
 *
 * @param graph who can feed whom, where that is written down
 * @param router the router that is fitted; the shipped one where it is not given
 */
record FitOptions(Path cards, Path examples, Path out, Optional<Path> graph, Optional<Path> router, long seed) {
    private static final long SEED = 20261122;

    /**
     * Reads command line arguments.
     *
     * @throws IllegalArgumentException when one is unknown or missing, or a file is not there
     */
    static FitOptions parse(String[] line) {
        Arguments arguments =
                Arguments.of(line, Set.of("--cards", "--examples", "--out", "--graph", "--router", "--seed"), Set.of());
        return new FitOptions(
                Arguments.needed("--cards", arguments.existing("--cards")),
                Arguments.needed("--examples", arguments.existing("--examples")),
                Arguments.needed("--out", arguments.path("--out")),
                arguments.existing("--graph"),
                arguments.existing("--router"),
                arguments.text("--seed").map(FitOptions::seed).orElse(SEED));
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed: a whole number is expected, got '" + text + "'", e);
        }
    }
}
