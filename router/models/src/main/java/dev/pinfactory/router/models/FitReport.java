package dev.pinfactory.router.models;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well tools are chosen, by number of examples. */
final class FitReport {
    private static final int RESAMPLES = 1_000;

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
     * @param f1 mean of F1 over requests, in percent, with its 95 % interval by bootstrap
     * @param exact share of requests with exactly the right tools, likewise
     */
    record Row(String examples, double[] f1, double[] exact, int n) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-28s node F1 %.1f (%.1f to %.1f), exact %.1f (%.1f to %.1f), n = %d",
                    examples,
                    f1[0],
                    f1[1],
                    f1[2],
                    exact[0],
                    exact[1],
                    exact[2],
                    n);
        }

        Map<String, Object> json() {
            return Map.of("examples", examples, "nodeF1", f1, "exact", exact, "n", n);
        }
    }

    void add(String examples, List<FitExample> requests, Function<FitExample, Selection> select) {
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
        rows.add(new Row(examples, interval(f1), interval(exact), f1.length));
    }

    Row last() {
        return rows.getLast();
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

    private double[] interval(double[] values) {
        Random random = new Random(seed);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return new double[] {
            Arrays.stream(values).average().orElse(Double.NaN),
            means[(int) (0.025 * RESAMPLES)],
            means[(int) (0.975 * RESAMPLES)]
        };
    }
}
