package dev.pinfactory.specialists.learning.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lines and points between two axes. */
public final class Plot {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 320;
    private static final int LEFT = 60;
    private static final int RIGHT = 150;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int TICKS = 5;
    private static final List<String> COLORS =
            List.of("#1f6fb4", "#d1541e", "#2f8f46", "#8b4fb0", "#a8802a", "#c23b6b", "#4a4f57", "#25959c");

    private final Svg svg = new Svg(WIDTH, HEIGHT);
    private final double lowX;
    private final double highX;
    private final double lowY;
    private final double highY;
    private final List<String> legend = new ArrayList<>();
    private final List<String> legendColors = new ArrayList<>();

    private Plot(double lowX, double highX, double lowY, double highY, String xName, String yName) {
        this.lowX = lowX;
        this.highX = highX > lowX ? highX : lowX + 1;
        this.lowY = lowY;
        this.highY = highY > lowY ? highY : lowY + 1;
        for (int i = 0; i <= TICKS; i++) {
            double x = lowX + (this.highX - lowX) * i / TICKS;
            double y = lowY + (this.highY - lowY) * i / TICKS;
            svg.line(x(x), y(this.lowY), x(x), y(this.highY), "grid");
            svg.line(x(this.lowX), y(y), x(this.highX), y(y), "grid");
            svg.text(x(x), HEIGHT - BOTTOM + 16, "middle", shown(x));
            svg.text(LEFT - 6, y(y) + 4, "end", shown(y));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", xName);
        svg.turnedText(14, (TOP + HEIGHT - BOTTOM) / 2.0, -90, "middle", yName);
    }

    /** Both axes from 0 to 1. */
    public static Plot ofShares(String xName, String yName) {
        return new Plot(0, 1, 0, 1, xName, yName);
    }

    /** Axes that hold all of the values. */
    public static Plot of(double[] xs, double[] ys, String xName, String yName) {
        return new Plot(
                Arrays.stream(xs).min().orElse(0),
                Arrays.stream(xs).max().orElse(1),
                Arrays.stream(ys).min().orElse(0),
                Arrays.stream(ys).max().orElse(1),
                xName,
                yName);
    }

    /** A line with its name in the legend; without a name it does not stand there. */
    public Plot line(String name, double[] xs, double[] ys) {
        svg.polyline(
                Arrays.stream(xs).map(this::x).toArray(),
                Arrays.stream(ys).map(this::y).toArray(),
                color(name));
        return this;
    }

    public Plot points(String name, double[] xs, double[] ys, double radius) {
        String color = color(name);
        for (int i = 0; i < xs.length; i++) {
            svg.circle(x(xs[i]), y(ys[i]), radius, color);
        }
        return this;
    }

    /** What lies between two lines. */
    public Plot band(double[] xs, double[] lower, double[] upper) {
        double[] allX = new double[2 * xs.length];
        double[] allY = new double[allX.length];
        for (int i = 0; i < xs.length; i++) {
            allX[i] = x(xs[i]);
            allY[i] = y(lower[i]);
            allX[allX.length - 1 - i] = x(xs[i]);
            allY[allX.length - 1 - i] = y(upper[i]);
        }
        svg.polygon(allX, allY, "#1f6fb433");
        return this;
    }

    /** Where x and y are the same. */
    public Plot diagonal() {
        double low = Math.max(lowX, lowY);
        double high = Math.min(highX, highY);
        if (low < high) {
            svg.line(x(low), y(low), x(high), y(high), "guide");
        }
        return this;
    }

    /** The drawing. */
    public String svg() {
        for (int i = 0; i < legend.size(); i++) {
            if (legend.get(i).isEmpty()) {
                continue;
            }
            double y = TOP + 10 + i * 18;
            svg.rectangle(WIDTH - RIGHT + 10, y - 8, 10, 10, legendColors.get(i));
            svg.text(WIDTH - RIGHT + 26, y + 1, "start", shortened(legend.get(i), 20));
        }
        return svg.toString();
    }

    private String color(String name) {
        String color = COLORS.get(legend.size() % COLORS.size());
        legend.add(name);
        legendColors.add(color);
        return color;
    }

    private double x(double value) {
        return LEFT + (value - lowX) / (highX - lowX) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (value - lowY) / (highY - lowY) * (HEIGHT - TOP - BOTTOM);
    }

    private static String shown(double value) {
        return Math.abs(value) >= 10_000 || value != 0 && Math.abs(value) < 0.01
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }

    /** With an ellipsis where it is longer. */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
