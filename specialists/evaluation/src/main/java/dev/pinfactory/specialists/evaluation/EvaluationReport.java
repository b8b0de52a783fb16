package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.learning.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an evaluation found.
 *
 * @param model label set; empty for the default
 * @param version what was measured, with its model's digest
 * @param items calls made
 * @param known items with gold, which the figures are about
 * @param latency how long the calls took
 * @param metrics figures by name, as fractions; empty where there is no gold
 * @param predictions one for each row of the file
 */
public record EvaluationReport(
        String specialist,
        String model,
        Version version,
        int items,
        int known,
        int abstained,
        int refused,
        Latency latency,
        Map<String, Metric> metrics,
        List<Map<String, Object>> predictions) {
    private static final Set<String> PERCENT = Set.of("accuracy", "recall", "precision", "f1", "f2");

    public EvaluationReport {
        predictions = List.copyOf(predictions);
    }

    /** {@code {"specialist", "version", "n", "metrics", "ci95"}} and the counts of calls without an answer. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specialist", specialist);
        if (!model.isEmpty()) {
            json.put("model", model);
        }
        json.put("version", version.getNumber());
        json.put("digest", version.getModelDigest());
        json.put("n", predictions.size());
        json.put("abstained", abstained);
        json.put("refused", refused);
        json.put("latency_ms", new TreeMap<>(Map.of("p50", latency.p50(), "p99", latency.p99())));
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> intervals = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            values.put(name, shown(name, metric.value()));
            intervals.put(name, List.of(shown(name, metric.low()), shown(name, metric.high())));
        });
        json.put("metrics", values);
        json.put("ci95", intervals);
        return json;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder(
                "%s%s %s: %,d items, %,d abstained, %,d refused; a call over gRPC took p50 %.2f ms, p99 %.2f ms%n"
                        .formatted(
                                specialist,
                                model.isEmpty() ? "" : " (" + model + ")",
                                version.getNumber(),
                                predictions.size(),
                                abstained,
                                refused,
                                latency.p50(),
                                latency.p99()));
        if (known == 0) {
            return text.append("The file has no gold: no figures.%n".formatted())
                    .toString();
        }
        if (known < items) {
            text.append("%,d items have gold; the figures are about those.%n".formatted(known));
        }
        metrics.forEach((name, metric) -> text.append(
                isPercent(name)
                        ? "  %-24s %7.2f %%  (95 %%: %.2f to %.2f)%n"
                                .formatted(
                                        name,
                                        shown(name, metric.value()),
                                        shown(name, metric.low()),
                                        shown(name, metric.high()))
                        : "  %-24s %8.4f   (95 %%: %.4f to %.4f)%n"
                                .formatted(name, metric.value(), metric.low(), metric.high())));
        return text.toString();
    }

    private static double shown(String name, double value) {
        return Math.round((isPercent(name) ? 100 * value : value) * 1e5) / 1e5;
    }

    /** Shares of right answers are in percent; areas, distances and errors are as they are. */
    static boolean isPercent(String name) {
        return name.contains("rouge") || PERCENT.contains(name.substring(name.lastIndexOf('_') + 1));
    }
}
