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

/** Measures the model that is shipped, and holds the README to it. */
@Tag("long")
class PiiBenchmarkTest {
    private static final Pattern FIGURE = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d.]+) \\|");

    @Test
    void reachesTheFiguresOfTheReadme() throws IOException {
        Map<String, Metric> measured = new PiiTrainer().evaluate(Path.of("data", "presidio.jsonl.gz"));

        assertThat(figures()).hasSizeGreaterThan(3);
        figures().forEach((name, figure) -> {
            if (!name.startsWith("handwritten_")) {
                assertThat(measured.get(name).covers(figure)).as(name).isTrue();
            }
        });
    }

    @Test
    void handWrittenTextsAreFoundAsWellAsTheReadmeSays() throws IOException {
        Map<String, Metric> measured = new PiiTrainer().evaluate(Path.of("data", "handwritten.jsonl"));

        assertThat(figures()).containsKey("handwritten_token_recall");
        figures().forEach((name, figure) -> {
            if (name.startsWith("handwritten_")) {
                assertThat(measured.get(name.substring("handwritten_".length())).covers(figure))
                        .as(name)
                        .isTrue();
            }
        });
    }

    @Test
    void callersGetTheEntitiesThatWereMeasured() {
        Path file = Path.of("data", "handwritten.jsonl");
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
