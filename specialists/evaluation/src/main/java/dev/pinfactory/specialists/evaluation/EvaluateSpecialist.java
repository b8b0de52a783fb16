package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import dev.pinfactory.specialists.learning.evaluation.SpecialistEvaluation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code NAME --data FILE [--history FILE] [--artifact DIR] [--model NAME] [--predictions FILE] [--json FILE]}: what {@code pin eval specialist} runs.
 */
public final class EvaluateSpecialist {
    private static final int DONE = 0;
    private static final int WRONG_USE = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** The same predictions make the same bytes. */
    private static final JsonMapper LINES = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final List<SpecialistEvaluation<?>> evaluations;
    private final PrintStream out;
    private final PrintStream err;

    EvaluateSpecialist(List<SpecialistEvaluation<?>> evaluations, PrintStream out, PrintStream err) {
        this.evaluations = evaluations;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        List<SpecialistEvaluation<?>> evaluations = new ArrayList<>();
        ServiceLoader.load(SpecialistEvaluation.class).forEach(evaluations::add);
        System.exit(new EvaluateSpecialist(evaluations, System.out, System.err).run(arguments));
    }

    /** 0 whatever the figures are, 2 when arguments or data are wrong. */
    int run(String... arguments) {
        try {
            EvaluationOptions options = EvaluationOptions.parse(arguments);
            measure(options);
            return DONE;
        } catch (DataException | IllegalArgumentException | PinfactoryException | UncheckedIOException e) {
            err.println("pin eval specialist: " + e.getMessage());
            return WRONG_USE;
        }
    }

    private void measure(EvaluationOptions options) {
        SpecialistEvaluation<?> evaluation = find(options.name(), options.model());
        long start = System.nanoTime();
        EvaluationReport report = new Evaluator(err::println)
                .run(evaluation, new EvaluationData(options.data(), options.history()), options.artifact());
        options.predictions()
                .ifPresent(file -> write(
                        file,
                        report.predictions().stream()
                                .map(LINES::writeValueAsString)
                                .collect(Collectors.joining("\n", "", "\n"))));
        options.json()
                .ifPresent(file ->
                        write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n"));
        out.print(report.text());
        err.printf("took %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private SpecialistEvaluation<?> find(String name, String model) {
        List<SpecialistEvaluation<?>> ofName = evaluations.stream()
                .filter(one -> one.specialist().equals(name))
                .collect(Collectors.toList());
        if (ofName.isEmpty()) {
            throw new IllegalArgumentException("there is no specialist '" + name + "' to measure; there are "
                    + names(evaluations.stream().map(SpecialistEvaluation::specialist)));
        }
        Optional<SpecialistEvaluation<?>> found =
                ofName.stream().filter(one -> one.model().equals(model)).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("--model is '" + model + "'; '" + name + "' has "
                + names(ofName.stream().map(one -> one.model().isEmpty() ? "(none)" : one.model()))));
    }

    private static String names(Stream<String> names) {
        return names.distinct().sorted().collect(Collectors.joining(", "));
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
