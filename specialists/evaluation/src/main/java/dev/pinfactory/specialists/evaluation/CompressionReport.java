package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.compression.Comparison;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Size, latency and quality of what was compared, for people and for programs. */
record CompressionReport(String specialist, Compression compression) {
    private static final double MEGA = 1e6;

    /** A table, and how the student compares. */
    String text() {
        int width = compression.contenders().stream()
                .mapToInt(one -> one.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder("%s: %s on %,d items that none has seen%n"
                .formatted(
                        specialist,
                        compression.figure(),
                        compression.teacher().quality().n()));
        text.append(("%-" + width + "s %10s %10s %10s %26s%n")
                .formatted("", "MB", "+ encoder", "ms/item", compression.figure()));
        for (Contender one : compression.contenders()) {
            text.append(("%-" + width + "s %10s %10s %10.3f %26s%s%n")
                    .formatted(
                            one.name(),
                            one.bytes() == 0 ? "?" : mega(one.bytes()),
                            one.encoderBytes() == 0 ? "-" : mega(one.encoderBytes()),
                            one.millis(),
                            percent(one.quality()),
                            one.name().equals(compression.chosen()) ? "  <- student" : ""));
        }
        compression.comparisons().forEach(one -> text.append(sentence(one)).append('\n'));
        goals().forEach(goal -> text.append(goal).append('\n'));
        compression.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }

    static String sentence(Comparison one) {
        Metric d = one.difference();
        return String.format(
                Locale.ROOT,
                "%s less %s: %+.2f points (95 %% %+.2f to %+.2f), not better in %.1f %% of the draws",
                one.first(),
                one.second(),
                100 * d.value(),
                100 * d.low(),
                100 * d.high(),
                100 * one.p());
    }

    /** How many times smaller, and how much is lost. */
    List<String> goals() {
        Contender teacher = compression.teacher();
        Contender student = compression.student();
        List<String> goals = new ArrayList<>();
        if (teacher.bytes() > 0) {
            goals.add(String.format(
                    Locale.ROOT,
                    "%.0f times smaller than the teacher%s, %.1f times faster, %.2f points lost",
                    (double) teacher.bytes() / student.bytes(),
                    teacher.encoderBytes() > student.encoderBytes()
                            ? String.format(
                                    Locale.ROOT,
                                    " (%.0f times with its encoder)",
                                    (double) (teacher.bytes() + teacher.encoderBytes()) / student.bytes())
                            : "",
                    teacher.millis() / student.millis(),
                    100 * (teacher.quality().value() - student.quality().value())));
        }
        return goals;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("specialist", specialist);
        json.put("figure", compression.figure());
        json.put("chosen", compression.chosen());
        json.put(
                "contenders",
                compression.contenders().stream().map(CompressionReport::json).toList());
        json.put(
                "comparisons",
                compression.comparisons().stream().map(CompressionReport::json).toList());
        json.put("notes", compression.notes());
        return json;
    }

    private static Map<String, Object> json(Contender one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", one.name());
        json.put("role", one.role().name().toLowerCase(Locale.ROOT));
        json.put("bytes", one.bytes());
        json.put("encoder_bytes", one.encoderBytes());
        json.put("ms", one.millis());
        json.put("quality", one.quality().value());
        json.put("ci95", List.of(one.quality().low(), one.quality().high()));
        json.put("n", one.quality().n());
        return json;
    }

    private static Map<String, Object> json(Comparison one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", one.first());
        json.put("second", one.second());
        json.put("difference", one.difference().value());
        json.put("ci95", List.of(one.difference().low(), one.difference().high()));
        json.put("p", one.p());
        return json;
    }

    static String mega(long bytes) {
        return String.format(Locale.ROOT, "%.3f", bytes / MEGA);
    }

    static String percent(Metric metric) {
        return String.format(
                Locale.ROOT, "%.2f %% (%.2f to %.2f)", 100 * metric.value(), 100 * metric.low(), 100 * metric.high());
    }
}
