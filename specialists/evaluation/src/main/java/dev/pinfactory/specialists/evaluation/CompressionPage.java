package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.Contender;
import dev.pinfactory.specialists.learning.plot.Plot;
import dev.pinfactory.specialists.learning.plot.Svg;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The report as one HTML file that needs no network: a table, and quality over size and over time. */
final class CompressionPage {
    private static final double RADIUS = 5;
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #22262b; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #e3e6ea; }
            tr.chosen td { font-weight: 600; } svg { max-width: 100%; height: auto; }
            svg text { font: 11px system-ui, sans-serif; fill: #3a424b; } .grid { stroke: #e8ebee; } .guide { stroke: #8a939c; }
            """;

    private CompressionPage() {}

    static String html(CompressionReport report) {
        Compression compression = report.compression();
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<title>Compressed: " + Svg.escaped(report.specialist()) + "</title><style>" + STYLE
                + "</style></head><body>\n<h1>Compressed: " + Svg.escaped(report.specialist()) + "</h1>\n<table><tr>"
                + "<th>model</th><th>MB</th><th>MB of the encoder</th><th>ms an item</th><th>"
                + Svg.escaped(compression.figure()) + " (95 %)</th></tr>\n");
        for (Contender one : compression.contenders()) {
            page.append(one.name().equals(compression.chosen()) ? "<tr class=\"chosen\">" : "<tr>");
            for (String cell : List.of(
                    one.name(),
                    one.bytes() == 0 ? "?" : CompressionReport.mega(one.bytes()),
                    one.encoderBytes() == 0 ? "-" : CompressionReport.mega(one.encoderBytes()),
                    String.format(Locale.ROOT, "%.3f", one.millis()),
                    CompressionReport.percent(one.quality()))) {
                page.append("<td>").append(Svg.escaped(cell)).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n<ul>\n");
        compression.comparisons().forEach(one -> item(page, CompressionReport.sentence(one)));
        report.goals().forEach(goal -> item(page, goal));
        compression.notes().forEach(note -> item(page, note));
        page.append("</ul>\n<h2>Size and quality</h2>\n")
                .append(plot(compression, one -> one.bytes() + one.encoderBytes(), "bytes with encoder (log10)"))
                .append("\n<h2>Time and quality</h2>\n")
                .append(plot(compression, Contender::millis, "ms an item (log10)"));
        return page.append("\n</body></html>\n").toString();
    }

    private static void item(StringBuilder page, String text) {
        page.append("<li>").append(Svg.escaped(text)).append("</li>\n");
    }

    /** One colour for models that differ in size only; those of unknown size are left out. */
    private static String plot(Compression compression, ToDoubleFunction<Contender> cost, String name) {
        List<Contender> shown = compression.contenders().stream()
                .filter(one -> cost.applyAsDouble(one) > 0)
                .toList();
        Plot plot = Plot.of(xs(shown, cost), ys(shown), name, compression.figure() + ", %");
        Map<String, List<Contender>> families = shown.stream()
                .collect(Collectors.groupingBy(
                        one -> one.name().split(",")[0], LinkedHashMap::new, Collectors.toList()));
        families.forEach((family, members) -> plot.points(family, xs(members, cost), ys(members), RADIUS));
        return plot.svg();
    }

    private static double[] xs(List<Contender> some, ToDoubleFunction<Contender> cost) {
        return some.stream()
                .mapToDouble(one -> StrictMath.log10(cost.applyAsDouble(one)))
                .toArray();
    }

    private static double[] ys(List<Contender> some) {
        return some.stream().mapToDouble(one -> 100 * one.quality().value()).toArray();
    }
}
