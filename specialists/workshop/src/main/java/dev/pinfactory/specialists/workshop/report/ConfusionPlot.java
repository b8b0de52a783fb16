package dev.pinfactory.specialists.workshop.report;

import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.learning.plot.Svg;
import java.util.List;

/** Which labels are taken for which: a row for each true label, a column for each answer. */
public final class ConfusionPlot {
    private static final int LEFT = 150;
    private static final int TOP = 110;
    private static final int LARGEST_CELL = 46;
    private static final int SIDE = 620;

    private ConfusionPlot() {}

    /** @param counts by true label, then by answer */
    public static String svg(List<String> labels, int[][] counts) {
        int size = Math.min(LARGEST_CELL, SIDE / labels.size());
        Svg svg = new Svg(LEFT + size * labels.size() + 60, TOP + size * labels.size() + 20);
        svg.text(LEFT - 8, TOP - 8, "end", "truth ↓  answer →");
        for (int truth = 0; truth < labels.size(); truth++) {
            String name = Plot.shortened(labels.get(truth), 20);
            svg.text(LEFT - 8, TOP + size * (truth + 0.5) + 4, "end", name);
            svg.turnedText(LEFT + size * (truth + 0.5) + 4, TOP - 8, -45, "start", name);
            int total = 0;
            for (int count : counts[truth]) {
                total += count;
            }
            for (int answer = 0; answer < labels.size(); answer++) {
                int count = counts[truth][answer];
                double share = total == 0 ? 0 : (double) count / total;
                svg.rectangle(
                        LEFT + size * answer, TOP + size * truth, size - 1, size - 1, color(share, truth == answer));
                if (count > 0) {
                    svg.text(
                            LEFT + size * (answer + 0.5),
                            TOP + size * (truth + 0.5) + 4,
                            "middle",
                            String.valueOf(count));
                }
            }
        }
        return svg.toString();
    }

    private static String color(double share, boolean right) {
        int full = (int) Math.round(130 * share);
        int fades = 246 - full / 2;
        return right
                ? "rgb(%d,%d,%d)".formatted(246 - full, fades, 246 - full / 3)
                : "rgb(%d,%d,%d)".formatted(246, fades, 240 - full);
    }
}
