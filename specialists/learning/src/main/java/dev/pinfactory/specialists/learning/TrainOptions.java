package dev.pinfactory.specialists.learning;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param name with the label set behind it, such as "intent-clinc150"; empty for all
 */
record TrainOptions(String name, Optional<Path> data, Optional<Path> out, long seed) {
    /** @throws IllegalArgumentException when an argument is missing or unknown */
    static TrainOptions parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
        String name = "";
        String model = "";
        boolean all = false;
        Optional<Path> data = Optional.empty();
        Optional<Path> out = Optional.empty();
        long seed = TrainingRequest.DEFAULT_SEED;
        while (!rest.isEmpty()) {
            String word = rest.pop();
            switch (word) {
                case "--all" -> all = true;
                case "--model" -> model = "-" + value(word, rest.poll());
                case "--data" -> data = Optional.of(Path.of(value(word, rest.poll())));
                case "--out" -> out = Optional.of(Path.of(value(word, rest.poll())));
                case "--seed" -> seed = number(word, value(word, rest.poll()));
                default -> {
                    if (word.startsWith("-") || !name.isEmpty()) {
                        throw new IllegalArgumentException("there is no option '" + word + "'");
                    }
                    name = word;
                }
            }
        }
        if (name.isEmpty() != all || all && !model.isEmpty()) {
            throw new IllegalArgumentException("which specialist? Give a name or --all");
        }
        return new TrainOptions(name + model, data, out, seed);
    }

    boolean all() {
        return name.isEmpty();
    }

    private static String value(String option, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return value;
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is '" + value + "', expected a whole number", e);
        }
    }
}
