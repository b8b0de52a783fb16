package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.evaluation.Mean;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well tools are chosen, by number of examples. */
final class FitReport {
    private final long seed;
    private final int validation;
    private final List<Row> rows = new ArrayList<>();

    FitReport(long seed, int validation) {
        this.seed = seed;
        this.validation = validation;
    }

    /**
     * One line.
     *
     * @param f1 mean of F1 over requests, in percent
     * @param exact share of requests with exactly the right tools, in percent
     */
    record Row(String examples, Mean f1, Mean exact) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-28s node F1 %.1f (%.1f to %.1f), exact %.1f (%.1f to %.1f), n = %d",
                    examples,
                    f1.value(),
                    f1.low(),
                    f1.high(),
                    exact.value(),
                    exact.low(),
                    exact.high(),
                    f1.n());
        }

        Map<String, Object> json() {
            return Map.of("examples", examples, "nodeF1", f1, "exact", exact);
        }

        /** By the sum of both figures. */
        boolean isBetterThan(Row other) {
            return f1.value() + exact.value() > other.f1.value() + other.exact.value();
        }
    }

    Row add(String examples, List<FitExample> requests, Function<FitExample, Selection> select) {
        double[] f1 = new double[requests.size()];
        double[] exact = new double[requests.size()];
        for (int i = 0; i < f1.length; i++) {
            Set<String> right = requests.get(i).tools();
            Set<String> chosen = select.apply(requests.get(i)).chosen().stream()
                    .map(CardScore::contract)
                    .map(Contract::getId)
                    .collect(Collectors.toSet());
            f1[i] = 200.0 * chosen.stream().filter(right::contains).count() / (chosen.size() + right.size());
            exact[i] = chosen.equals(right) ? 100 : 0;
        }
        Row row = new Row(examples, Mean.of(f1, seed), Mean.of(exact, seed));
        rows.add(row);
        return row;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Fitted on that many examples, measured on ")
                .append(validation)
                .append(" others (seed ")
                .append(seed)
                .append("; 95 % intervals):\n");
        rows.forEach(row -> text.append("  ").append(row.line()).append('\n'));
        return text.toString();
    }
}
