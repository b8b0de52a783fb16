package dev.pinfactory.router.models.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What it brings to hand the requests of which a router is least sure to a language model.
 *
 * @param points by the share that is handed over, from none to all
 */
record Escalation(List<Point> points) {
    private static final int STEPS = 20;

    Escalation {
        points = List.copyOf(points);
    }

    /**
     * One share of requests handed over; accuracies from 0 to 1.
     *
     * @param share of requests
     * @param below the confidence below which a request is handed over
     * @param oracle accuracy if the language model is always right
     * @param model accuracy if it is right as often as was said, if that was said
     */
    record Point(double share, double below, Accuracy oracle, Accuracy model) {}

    /** Mean node F1 and share of exact tool sets; empty where it is not known. */
    record Accuracy(OptionalDouble nodeF1, OptionalDouble exact) {
        static final Accuracy RIGHT = new Accuracy(OptionalDouble.of(1), OptionalDouble.of(1));
    }

    /** @param model how good the language model is */
    static Escalation of(List<Scored> labelled, Accuracy model) {
        List<Scored> leastSureFirst = labelled.stream()
                .sorted(Comparator.comparingDouble((Scored one) -> one.sketch().confidence()))
                .toList();
        List<Point> points = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            int handedOver = Math.toIntExact(Math.round(step * leastSureFirst.size() / (double) STEPS));
            List<Scored> kept = leastSureFirst.subList(handedOver, leastSureFirst.size());
            double below = handedOver == 0
                    ? 0
                    : kept.isEmpty() ? 1 : kept.getFirst().sketch().confidence();
            points.add(new Point(
                    handedOver / (double) leastSureFirst.size(),
                    below,
                    together(kept, handedOver, Accuracy.RIGHT),
                    together(kept, handedOver, model)));
        }
        return new Escalation(points);
    }

    private static Accuracy together(List<Scored> kept, int handedOver, Accuracy other) {
        double f1 = kept.stream().mapToDouble(Scored::nodeF1).sum();
        long exact = kept.stream().filter(Scored::exact).count();
        return new Accuracy(
                mean(f1, kept.size(), handedOver, other.nodeF1()), mean(exact, kept.size(), handedOver, other.exact()));
    }

    private static OptionalDouble mean(double sum, int kept, int handedOver, OptionalDouble other) {
        return other.isEmpty()
                ? other
                : OptionalDouble.of((sum + handedOver * other.getAsDouble()) / (kept + handedOver));
    }

    /** A Markdown table in percent. */
    String table() {
        StringBuilder table = new StringBuilder("""
                | handed over | below confidence | node F1, always right | node F1, as said | exact, always right | exact, as said |
                |---|---|---|---|---|---|
                """);
        for (Point point : points) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %.0f %% | %.2f | %s | %s | %s | %s |%n",
                    100 * point.share(),
                    point.below(),
                    percent(point.oracle().nodeF1()),
                    percent(point.model().nodeF1()),
                    percent(point.oracle().exact()),
                    percent(point.model().exact())));
        }
        return table.toString();
    }

    private static String percent(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", 100 * value.getAsDouble());
    }
}
