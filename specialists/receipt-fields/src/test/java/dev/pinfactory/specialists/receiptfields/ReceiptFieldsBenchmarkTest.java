package dev.pinfactory.specialists.receiptfields;

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
class ReceiptFieldsBenchmarkTest {
    private static final String BILLS = "bills_";
    private static final Pattern FIGURE = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d.]+) \\|");

    @Test
    void reachesTheFiguresOfTheReadme() throws IOException {
        Map<String, Metric> measured = new ReceiptFieldsTrainer().evaluate(Path.of("data", "dev.jsonl.gz"));

        Map<String, Metric> bills = new ReceiptFieldsTrainer().evaluate(Path.of("data", "bills", "bills.jsonl"));

        assertThat(figures()).hasSizeGreaterThan(13);
        figures().forEach((name, figure) -> {
            Metric again = name.startsWith(BILLS) ? bills.get(name.substring(BILLS.length())) : measured.get(name);
            assertThat(again.covers(figure)).as(name).isTrue();
        });
    }

    @Test
    void callersGetTheFieldsThatWereMeasured() {
        Path file = Path.of("data", "dev.jsonl.gz");
        Map<String, Metric> served = new Evaluator(System.out::println)
                .run(new ReceiptFieldsEvaluation(), EvaluationData.of(file), Optional.empty())
                .metrics();

        Map<String, Metric> measured = new ReceiptFieldsTrainer().evaluate(file);
        assertThat(served.get("f1").value())
                .isEqualTo(measured.get("micro_value_f1").value());
        assertThat(served.get("exact_f1").value())
                .isEqualTo(measured.get("micro_exact_f1").value());
        assertThat(served.get("company_f1").value())
                .isEqualTo(measured.get("company_value_f1").value());
        assertThat(served.get("lenient_f1").value())
                .isEqualTo(measured.get("micro_f1").value());
        assertThat(served).hasSameSizeAs(measured);
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
