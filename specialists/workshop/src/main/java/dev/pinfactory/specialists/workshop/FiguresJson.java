package dev.pinfactory.specialists.workshop;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.workshop.training.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The figures for programs, in the form that {@code pin eval} has: shares of right answers in percent, the rest as it is. */
final class FiguresJson {
    private static final Set<String> PERCENT = Set.of("accuracy", "recall", "precision", "f1");

    private FiguresJson() {}

    static byte[] of(Card card, Outcome outcome, Latencies latencies, double seconds) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specialist", card.getContract().getId());
        json.put("version", card.getVersion().getNumber());
        json.put("digest", card.getVersion().getModelDigest());
        json.put("n", outcome.tested());
        json.put("learnt", outcome.learnt());
        json.put("latency_ms", new TreeMap<>(Map.of("p50", latencies.p50(), "p99", latencies.p99())));
        json.put("seconds", seconds);
        json.put("metrics", values(outcome.metrics()));
        Map<String, Object> intervals = new LinkedHashMap<>();
        outcome.metrics()
                .forEach((name, metric) ->
                        intervals.put(name, List.of(shown(name, metric.low()), shown(name, metric.high()))));
        json.put("ci95", intervals);
        json.put("baseline", values(outcome.baseline()));
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsBytes(json);
    }

    private static Map<String, Object> values(Map<String, Metric> metrics) {
        Map<String, Object> values = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> values.put(name, shown(name, metric.value())));
        return values;
    }

    private static double shown(String name, double value) {
        boolean percent = PERCENT.contains(name.substring(name.lastIndexOf('_') + 1));
        return Math.round((percent ? 100 * value : value) * 1e5) / 1e5;
    }
}
