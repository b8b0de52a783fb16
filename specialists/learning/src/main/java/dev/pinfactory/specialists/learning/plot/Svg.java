package dev.pinfactory.specialists.learning.plot;

import java.util.Locale;

/** Writes a drawing. All text is escaped: labels and columns are anybody's. */
public final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    public Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    public Svg line(double x1, double y1, double x2, double y2, String style) {
        append("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", x1, y1, x2, y2, style);
        return this;
    }

    public Svg rectangle(double x, double y, double w, double h, String fill) {
        append("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, w, h, fill);
        return this;
    }

    public Svg circle(double x, double y, double radius, String fill) {
        append("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, fill);
        return this;
    }

    public Svg polyline(double[] xs, double[] ys, String color) {
        append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>", points(xs, ys), color);
        return this;
    }

    public Svg polygon(double[] xs, double[] ys, String fill) {
        append("<polygon points=\"%s\" fill=\"%s\"/>", points(xs, ys), fill);
        return this;
    }

    /**
     * Writes a word.
     *
     * @param anchor start, middle or end
     */
    public Svg text(double x, double y, String anchor, String text) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
        return this;
    }

    public Svg turnedText(double x, double y, double degrees, String anchor, String text) {
        append(
                "<text transform=\"translate(%.1f %.1f) rotate(%.0f)\" text-anchor=\"%s\">%s</text>",
                x, y, degrees, anchor, escaped(text));
        return this;
    }

    @Override
    public String toString() {
        return "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%s</svg>"
                .formatted(width, height, width, height, body);
    }

    private static String points(double[] xs, double[] ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", xs[i], ys[i]));
        }
        return points.toString().strip();
    }

    private void append(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values));
    }

    /** As it may stand in markup. */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
