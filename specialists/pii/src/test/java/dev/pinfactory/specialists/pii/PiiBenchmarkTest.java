package dev.pinfactory.specialists.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.evaluation.Evaluator;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.evaluation.EvaluationData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures the model that is shipped, and holds the README to it. */
@Tag("long")
class PiiBenchmarkTest {
    private static final String VALUE = " ([\\d.]+) \\([^)]*\\) \\|";
    private static final Pattern TOTALS =
            Pattern.compile("(?m)^\\| `(\\w+)`: [^|]*\\|" + VALUE + VALUE + VALUE + VALUE);
    private static final Pattern TYPE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|" + VALUE + VALUE + VALUE);
    private static final List<String> TOTAL_NAMES = List.of("token_recall", "token_precision", "token_f2", "span_f1");
    private static final List<String> TYPE_NAMES = List.of("_recall", "_precision", "_f2");

    /** The README rounds to a tenth of a percent. */
    private static final double SLACK = 0.005;

    @ParameterizedTest
    @CsvSource({
        "templates,presidio.jsonl.gz",
        "test,handwritten-test.jsonl",
        "development,handwritten-development.jsonl"
    })
    void reachesTheFiguresOfTheReadme(String texts, String file) throws IOException {
        Map<String, Metric> measured = new PiiTrainer().evaluate(Path.of("data", file));
        Map<String, Double> figures = figures(texts);

        assertThat(figures).hasSizeGreaterThanOrEqualTo(texts.equals("test") ? 30 : TOTAL_NAMES.size());
        figures.forEach((name, figure) -> {
            assertThat(measured).containsKey(name);
            assertThat(measured.get(name).value()).as(name).isGreaterThanOrEqualTo(figure - SLACK);
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

    /** What the README says of these texts; of the test half also by type. */
    private static Map<String, Double> figures(String texts) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Map<String, Double> figures = new TreeMap<>();
        for (Matcher row = TOTALS.matcher(readme); row.find(); ) {
            if (row.group(1).equals(texts)) {
                put(figures, row, TOTAL_NAMES);
            }
        }
        if (texts.equals("test")) {
            for (Matcher row = TYPE.matcher(readme); row.find(); ) {
                String type = row.group(1).toLowerCase(Locale.ROOT);
                put(figures, row, TYPE_NAMES.stream().map(type::concat).toList());
            }
        }
        return figures;
    }

    private static void put(Map<String, Double> figures, Matcher row, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            figures.put(names.get(i), Double.parseDouble(row.group(i + 2)) / 100);
        }
    }
}
