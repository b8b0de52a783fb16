package dev.pinfactory.specialists.summary;

import dev.pinfactory.specialists.learning.Bootstrap;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SentenceSplitter;
import dev.pinfactory.specialists.summary.Rouge.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** ROUGE of one picked sentence, of the first sentence of the text, and of the difference between them, drawn in pairs. */
final class SummaryScores {
    private SummaryScores() {}

    static Map<String, Metric> of(SummaryModel model, List<LabelledAbstract> abstracts) {
        List<String> picked = abstracts.stream()
                .map(one -> model.pick(SentenceSplitter.split(one.text()), 1))
                .map(pick -> pick.sentences().getFirst().text())
                .toList();
        return of(picked, abstracts);
    }

    static Map<String, Metric> of(List<String> picked, List<LabelledAbstract> abstracts) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            String name = measure.name().toLowerCase(Locale.ROOT);
            double[] ours = new double[abstracts.size()];
            double[] lead = new double[abstracts.size()];
            for (int i = 0; i < ours.length; i++) {
                LabelledAbstract one = abstracts.get(i);
                ours[i] = Rouge.best(picked.get(i), one.references(), measure);
                lead[i] = Rouge.best(one.sentences().getFirst(), one.references(), measure);
            }
            put(metrics, name, ours, new double[ours.length]);
            put(metrics, "lead_" + name, lead, new double[ours.length]);
            put(metrics, "gain_" + name, ours, lead);
        }
        return metrics;
    }

    private static void put(Map<String, Metric> metrics, String name, double[] values, double[] less) {
        metrics.put(name, Bootstrap.measure(name, values.length, draw -> {
            double sum = 0;
            for (int i : draw) {
                sum += values[i] - less[i];
            }
            return sum / draw.length;
        }));
    }
}
