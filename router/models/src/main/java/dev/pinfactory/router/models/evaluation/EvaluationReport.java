package dev.pinfactory.router.models.evaluation;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of one evaluation, for people and for programs. Scores are in percent. */
final class EvaluationReport {
    private static final long SEED = 20261121;
    private static final int NARROW = 20;

    private final Map<String, Object> json = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private EvaluationReport() {}

    static EvaluationReport of(List<Scored> all, double[] milliseconds, String digest) {
        EvaluationReport report = new EvaluationReport();
        report.json.put("router", digest);
        report.json.put("n", all.size());
        report.json.put(
                "refused", all.stream().filter(one -> one.sketch().refused()).count());
        List<Scored> labelled =
                all.stream().filter(one -> !one.request().tools().isEmpty()).toList();
        report.line("%d requests, %d labelled, %d refused", all.size(), labelled.size(), report.json.get("refused"));
        if (!labelled.isEmpty()) {
            report.quality(labelled);
            report.parts(labelled);
        }
        report.resources(milliseconds);
        return report;
    }

    String text() {
        return text.toString();
    }

    Map<String, Object> json() {
        return json;
    }

    private void quality(List<Scored> labelled) {
        List<Scored> linked = linked(labelled);
        mean("node F1, mean", "nodeF1", labelled, Scored::nodeF1);
        mean("link F1, mean", "linkF1", linked, Scored::linkF1);
        mean("exact set of tools", "exact", labelled, one -> one.exact() ? 1 : 0);
        single(
                "node F1, micro",
                "microNodeF1",
                Figures.micro(labelled, Scored::tools, one -> one.request().tools()));
        single(
                "link F1, micro",
                "microLinkF1",
                Figures.micro(linked, Scored::links, one -> one.request().links()));
        List<Scored> valued =
                labelled.stream().filter(one -> !one.goldValues().isEmpty()).toList();
        if (!valued.isEmpty()) {
            single("argument value F1, micro", "valueF1", Figures.micro(valued, Scored::values, Scored::goldValues));
        }
        json.put("ece", Figures.calibrationError(labelled));
        line("%-28s %6.3f", "calibration error (ECE)", Figures.calibrationError(labelled));
        single("coverage at 95 % precision", "coverageAt95", Figures.coverageAtPrecision(labelled));
    }

    /** The same by kind and label, because easy parts hide hard ones. */
    private void parts(List<Scored> labelled) {
        Map<String, List<Scored>> parts = new TreeMap<>();
        for (Scored one : labelled) {
            String part = (one.request().label() + " " + one.request().kind()).strip();
            parts.computeIfAbsent(part, key -> new java.util.ArrayList<>()).add(one);
        }
        if (parts.size() < 2) {
            return;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        line("");
        line("%-20s %6s %8s %8s %8s", "part", "n", "node F1", "link F1", "exact");
        parts.forEach((name, part) -> {
            Mean node = Figures.mean(part, Scored::nodeF1, SEED);
            Mean link = Figures.mean(linked(part), Scored::linkF1, SEED);
            Mean exact = Figures.mean(part, one -> one.exact() ? 1 : 0, SEED);
            line(
                    "%-" + NARROW + "s %6d %8.1f %8s %8.1f",
                    name,
                    part.size(),
                    100 * node.value(),
                    link.n() == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100 * link.value()),
                    100 * exact.value());
            figures.put(name, Map.of("n", part.size(), "nodeF1", 100 * node.value(), "exact", 100 * exact.value()));
        });
        json.put("parts", figures);
        line("");
    }

    private void resources(double[] milliseconds) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", Figures.percentile(sorted, 0.5));
        latency.put("p90", Figures.percentile(sorted, 0.9));
        latency.put("p99", Figures.percentile(sorted, 0.99));
        latency.put("p999", Figures.percentile(sorted, 0.999));
        json.put("latencyMs", latency);
        line(
                "%-28s p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f",
                "latency, ms", latency.get("p50"), latency.get("p90"), latency.get("p99"), latency.get("p999"));
        double peak = peakMemoryMiB();
        json.put("peakMemoryMiB", peak);
        line("%-28s %6.0f MiB", "peak memory", peak);
    }

    private static List<Scored> linked(List<Scored> scored) {
        return scored.stream().filter(one -> !one.request().links().isEmpty()).toList();
    }

    private void mean(String name, String key, List<Scored> scored, ToDoubleFunction<Scored> of) {
        Mean mean = Figures.mean(scored, of, SEED);
        if (mean.n() == 0) {
            return;
        }
        json.put(
                key,
                Map.of(
                        "value", 100 * mean.value(),
                        "low", 100 * mean.low(),
                        "high", 100 * mean.high(),
                        "n", mean.n()));
        line(
                "%-28s %6.1f  (95 %% interval %.1f to %.1f, n = %d)",
                name, 100 * mean.value(), 100 * mean.low(), 100 * mean.high(), mean.n());
    }

    private void single(String name, String key, double share) {
        json.put(key, 100 * share);
        line("%-28s %6.1f", name, 100 * share);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The most memory that the process ever had resident where the system tells, else of what Java manages. */
    private static double peakMemoryMiB() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (java.io.IOException e) {
            // Another system than Linux.
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / (1024.0 * 1024);
    }
}
