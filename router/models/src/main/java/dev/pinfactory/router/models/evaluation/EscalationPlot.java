package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.models.evaluation.Escalation.Point;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The curves of an {@link Escalation} as an SVG picture: accuracy against the share of requests that are handed over. */
final class EscalationPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int MARGIN = 50;
    private static final int LEGEND = 190;

    private final StringBuilder svg = new StringBuilder();
    private int legend;

    private EscalationPlot() {}

    static String of(Escalation escalation) {
        EscalationPlot plot = new EscalationPlot();
        plot.axes();
        List<Point> points = escalation.points();
        plot.curve(
                "node F1, always right",
                "#1b6ca8",
                "",
                points,
                point -> point.oracle().nodeF1());
        plot.curve(
                "node F1, as said",
                "#1b6ca8",
                "6 4",
                points,
                point -> point.model().nodeF1());
        plot.curve(
                "exact, always right",
                "#c0392b",
                "",
                points,
                point -> point.oracle().exact());
        plot.curve(
                "exact, as said",
                "#c0392b",
                "6 4",
                points,
                point -> point.model().exact());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                """.formatted(WIDTH + LEGEND, HEIGHT) + plot.svg + "</svg>\n";
    }

    private void axes() {
        for (int percent = 0; percent <= 100; percent += 20) {
            double share = percent / 100.0;
            append("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#ddd'/>", x(0), y(share), x(1), y(share));
            append("<text x='%.1f' y='%.1f' text-anchor='end'>%d</text>", x(0) - 6, y(share) + 4, percent);
            append("<text x='%.1f' y='%.1f' text-anchor='middle'>%d</text>", x(share), y(0) + 18, percent);
        }
        append("<text x='%.1f' y='%.1f' text-anchor='middle'>requests handed over, %%</text>", x(0.5), y(0) + 36);
        append(
                "<text x='14' y='%.1f' transform='rotate(-90 14 %.1f)' text-anchor='middle'>right, %%</text>",
                y(0.5), y(0.5));
    }

    private void curve(
            String name, String colour, String dashes, List<Point> points, Function<Point, OptionalDouble> value) {
        if (points.stream().anyMatch(point -> value.apply(point).isEmpty())) {
            return;
        }
        String line = points.stream()
                .map(point -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x(point.share()),
                        y(value.apply(point).getAsDouble())))
                .collect(Collectors.joining(" "));
        append(
                "<polyline points='%s' fill='none' stroke='%s' stroke-width='2' stroke-dasharray='%s'/>",
                line, colour, dashes);
        double at = MARGIN + 20.0 * legend++;
        append(
                "<line x1='%d' y1='%.1f' x2='%d' y2='%.1f' stroke='%s' stroke-width='2' stroke-dasharray='%s'/>",
                WIDTH, at, WIDTH + 30, at, colour, dashes);
        append("<text x='%d' y='%.1f'>%s</text>", WIDTH + 36, at + 4, name);
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double x(double share) {
        return MARGIN + share * (WIDTH - 2 * MARGIN);
    }

    private static double y(double share) {
        return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
    }
}
