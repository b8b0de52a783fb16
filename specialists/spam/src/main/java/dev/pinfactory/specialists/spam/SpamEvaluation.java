package dev.pinfactory.specialists.spam;

import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.Predictions;
import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures on sms_spam: {@code {"text", "label"}}, one a line; {@code f1} is that of the label spam. */
public final class SpamEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public SpamEvaluation() {
        super("spam", "text", "verdict");
    }

    @Override
    protected Map<String, Metric> metrics(Predictions predictions) {
        return figures(predictions);
    }

    static Map<String, Metric> figures(Predictions predictions) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("f1", predictions.f1(SpamFilter.SPAM));
        metrics.putAll(predictions.metrics());
        return metrics;
    }
}
