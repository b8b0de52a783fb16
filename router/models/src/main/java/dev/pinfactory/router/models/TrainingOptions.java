package dev.pinfactory.router.models;

import dev.pinfactory.router.models.evaluation.Arguments;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the programs that train for the router are told: {@code --data DIR --out DIR [--leave-out LIBRARY] [NUMBER …]}.
 *
 * @param data folder of the training sets
 * @param out folder that is written to
 * @param leftOut library that nothing is trained on; empty for none
 */
record TrainingOptions(Path data, Path out, String leftOut, Arguments arguments) {

    /**
     * Reads a command line.
     *
     * @param numbers the options more that a program has
     * @throws IllegalArgumentException that names the option
     */
    static TrainingOptions of(String[] line, String... numbers) {
        Set<String> options = new HashSet<>(Set.of("--data", "--out", "--leave-out"));
        options.addAll(List.of(numbers));
        Arguments arguments = Arguments.of(line, options, Set.of());
        String leftOut = arguments.text("--leave-out").orElse("");
        if (!leftOut.isEmpty() && !TrainingMaterial.LIBRARIES.contains(leftOut)) {
            throw new IllegalArgumentException(
                    "--leave-out: expected one of " + TrainingMaterial.LIBRARIES + ", got '" + leftOut + "'");
        }
        return new TrainingOptions(
                Arguments.needed("--data", arguments.existing("--data")),
                Arguments.needed("--out", arguments.path("--out")),
                leftOut,
                arguments);
    }

    /** A number above 0. */
    <T extends Number> T number(String option, Function<String, T> read, T otherwise) {
        String text = arguments.text(option).orElse("");
        try {
            T number = text.isEmpty() ? otherwise : read.apply(text);
            if (number.doubleValue() > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(option + ": expected a number above 0, got '" + text + "'");
    }
}
