package dev.pinfactory.specialists.workshop.report;

import com.samskivert.mustache.Mustache;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.workshop.data.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that is known of a training, as one HTML file that needs no network. All that comes from the data is escaped.
 *
 * @param title the specialist's id and version
 * @param facts such as the number of rows, by name
 * @param baseline figures of what needs no learning
 */
public record Report(
        String title,
        Map<String, String> facts,
        List<Finding> findings,
        Map<String, Metric> metrics,
        Map<String, Metric> baseline,
        String baselineName,
        List<Figure> figures,
        List<ErrorCase> errors) {
    private static final int SHOWN_ERRORS = 50;
    private static final String TEMPLATE = "report.mustache";

    public Report {
        findings = List.copyOf(findings);
        figures = List.copyOf(figures);
        errors = List.copyOf(errors);
    }

    public String html() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", title);
        page.put(
                "facts",
                facts.entrySet().stream()
                        .map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
                        .toList());
        page.put("findings", findings.stream().map(Report::finding).toList());
        page.put("nofindings", findings.isEmpty());
        page.put("metrics", metrics.values().stream().map(this::metric).toList());
        page.put("baselineName", baselineName);
        page.put("figures", figures);
        page.put("errorCount", errors.size());
        page.put(
                "errors",
                errors.stream()
                        .sorted(Comparator.comparingDouble(ErrorCase::weight).reversed())
                        .limit(SHOWN_ERRORS)
                        .toList());
        page.put("shownErrors", Math.min(SHOWN_ERRORS, errors.size()));
        try (InputStream stream = Objects.requireNonNull(Report.class.getResourceAsStream(TEMPLATE));
                Reader template = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return Mustache.compiler().compile(template).execute(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> finding(Finding finding) {
        return Map.of(
                "level",
                finding.level().name().toLowerCase(Locale.ROOT),
                "subject",
                finding.subject(),
                "text",
                finding.text());
    }

    private Map<String, String> metric(Metric metric) {
        Metric other = baseline.get(metric.name());
        return Map.of(
                "name",
                metric.name(),
                "value",
                shown(metric.value()),
                "interval",
                shown(metric.low()) + " to " + shown(metric.high()),
                "baseline",
                other == null
                        ? "–"
                        : shown(other.value()) + " (" + shown(other.low()) + " to " + shown(other.high()) + ")",
                "n",
                String.valueOf(metric.n()));
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.1f" : "%.4f", value);
    }
}
