package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.models.evaluation.Escalation.Accuracy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What to evaluate, on what, and where the outcome goes.
 *
 * @param router folder of a trained or fitted router; the shipped one where it is not given
 * @param noRefusal a refused request counts with its best guess
 * @param ablation the same with less of what was trained
 * @param escalation where the curve of escalation goes, as SVG
 * @param model how good the language model is taken to be in it
 */
record EvaluationOptions(
        Path cards,
        Path requests,
        Optional<Path> graph,
        Optional<Path> router,
        boolean noRefusal,
        Optional<Path> predictions,
        Optional<Path> json,
        boolean ablation,
        Optional<Path> escalation,
        Accuracy model) {

    /**
     * Reads command line arguments.
     *
     * @throws IllegalArgumentException when one is unknown or missing, or a file is not there
     */
    static EvaluationOptions parse(String[] line) {
        Arguments arguments = Arguments.of(
                line,
                Set.of(
                        "--cards",
                        "--requests",
                        "--graph",
                        "--router",
                        "--predictions",
                        "--json",
                        "--escalation",
                        "--llm-node-f1",
                        "--llm-exact"),
                Set.of("--no-refusal", "--ablation"));
        return new EvaluationOptions(
                Arguments.needed("--cards", arguments.existing("--cards")),
                Arguments.needed("--requests", arguments.existing("--requests")),
                arguments.existing("--graph"),
                arguments.existing("--router"),
                arguments.has("--no-refusal"),
                arguments.path("--predictions"),
                arguments.path("--json"),
                arguments.has("--ablation"),
                arguments.path("--escalation"),
                new Accuracy(share(arguments, "--llm-node-f1"), share(arguments, "--llm-exact")));
    }

    private static OptionalDouble share(Arguments arguments, String option) {
        Optional<String> percent = arguments.text(option);
        if (percent.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(percent.get());
            if (value >= 0 && value <= 100) {
                return OptionalDouble.of(value / 100);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                option + ": expected a percentage from 0 to 100, got '" + percent.get() + "'");
    }
}
