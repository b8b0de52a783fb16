package dev.pinfactory.router.models.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What each trained part of a router adds to the parts before it: means over the labelled requests in percent, with their 95 % intervals, and the gain. */
final class Ablation {
    private static final long SEED = 20261121;

    private final StringBuilder text = new StringBuilder();
    private double lastF1 = Double.NaN;
    private double lastExact = Double.NaN;

    Ablation() {
        text.append(
                String.format("%-28s %-22s %6s  %-22s %6s%n", "part", "node F1", "gain", "exact set of tools", "gain"));
    }

    /** @param all the requests as the router sketches them with this part */
    void add(String part, List<Scored> all) {
        List<Scored> labelled =
                all.stream().filter(one -> !one.request().tools().isEmpty()).toList();
        Mean f1 = mean(labelled, Scored::nodeF1);
        Mean exact = mean(labelled, one -> one.exact() ? 1 : 0);
        text.append(String.format(
                "%-28s %-22s %6s  %-22s %6s%n",
                part, inWords(f1), gain(f1.value(), lastF1), inWords(exact), gain(exact.value(), lastExact)));
        lastF1 = f1.value();
        lastExact = exact.value();
    }

    String text() {
        return text.toString();
    }

    private static Mean mean(List<Scored> scored, ToDoubleFunction<Scored> of) {
        return Figures.mean(scored, of, SEED);
    }

    private static String inWords(Mean mean) {
        return String.format(
                Locale.ROOT, "%.1f (%.1f to %.1f)", 100 * mean.value(), 100 * mean.low(), 100 * mean.high());
    }

    private static String gain(double now, double before) {
        return Double.isNaN(before) ? "" : String.format(Locale.ROOT, "%+.1f", 100 * (now - before));
    }
}
