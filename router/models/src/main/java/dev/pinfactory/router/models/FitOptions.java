package dev.pinfactory.router.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
    static FitOptions parse(String[] arguments) {
        Path cards = null;
        Path examples = null;
        Path out = null;
        Path graph = null;
        Path router = null;
        long seed = SEED;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 >= arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--cards" -> cards = existing(arguments[i], value);
                case "--examples" -> examples = existing(arguments[i], value);
                case "--graph" -> graph = existing(arguments[i], value);
                case "--router" -> router = existing(arguments[i], value);
                case "--out" -> out = Path.of(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("unknown option '" + arguments[i] + "'");
            }
        }
        if (cards == null || examples == null || out == null) {
            throw new IllegalArgumentException("--cards, --examples and --out are needed");
        }
        return new FitOptions(cards, examples, out, Optional.ofNullable(graph), Optional.ofNullable(router), seed);
    }

    private static Path existing(String option, String value) {
        Path path = Path.of(value);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(option + ": there is no " + path);
        }
        return path;
    }
}
