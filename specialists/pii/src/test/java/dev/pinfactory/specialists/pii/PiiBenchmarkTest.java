package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures the model that is shipped, and holds the README to it. */
@Tag("long")
class PiiBenchmarkTest {
    private static final Pattern FIGURE = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d.]+) \\|");

    /** The README rounds to a tenth of a percent. */
    private static final double SLACK = 0.005;

    @Test
    void reachesTheFiguresOfTheReadme() throws IOException {
        Map<String, Metric> measured = new PiiTrainer().evaluate(Path.of("data", "presidio.jsonl.gz"));

        assertThat(figures()).hasSizeGreaterThan(3);
        figures().forEach((name, figure) -> {
            if (!name.startsWith("handwritten_")) {
                assertThat(measured.get(name).value()).as(name).isGreaterThanOrEqualTo(figure - SLACK);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "development"})
    void handWrittenTextsAreFoundAsWellAsTheReadmeSays(String half) throws IOException {
        String prefix = "handwritten_" + half + "_";
        Map<String, Metric> measured = new PiiTrainer().evaluate(Path.of("data", "handwritten-" + half + ".jsonl"));

        assertThat(figures()).containsKeys(prefix + "token_recall", prefix + "token_precision", prefix + "token_f2");
        figures().forEach((name, figure) -> {
            if (name.startsWith(prefix)) {
                String measure = name.substring(prefix.length());
                assertThat(measured).containsKey(measure);
                assertThat(measured.get(measure).value()).as(name).isGreaterThanOrEqualTo(figure - SLACK);
            }
        });
    }

    @Test
    void callersGetTheEntitiesThatWereMeasured() {
        Path file = Path.of("data", "handwritten-test.jsonl");
        Map<String, Metric> served = new Evaluator(System.out::println)
                .run(new PiiEvaluation(), EvaluationData.of(file), Optional.empty())
                .metrics();

        Map<String, Metric> measured = new PiiTrainer().evaluate(file);
        assertThat(served).hasSameSizeAs(measured);
        Map.of("recall", "token_recall", "precision", "token_precision", "f2", "token_f2", "f1", "span_f1")
                .forEach((name, before) -> assertThat(served.get(name).value())
                        .as(name)
                        .isEqualTo(measured.get(before).value()));
    }

    /** The README's table: name and value, in percent. */
    private static Map<String, Double> figures() throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        Matcher row = FIGURE.matcher(Files.readString(Path.of("README.md")));
        while (row.find()) {
            figures.put(row.group(1), Double.parseDouble(row.group(2)) / 100);
        }
        return figures;
    }
}
