package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts in which places are marked: {@code {"text": …, "spans": [{"start", "end", "label"}]}} a line, offsets in Unicode code points, end exclusive.
 *
 * @param texts without duplicates of other marks
 * @param labels that can be learnt
 * @param groups texts with the same number say nearly the same
 */
public record MarkedTexts(List<Marked> texts, List<String> labels, int[] groups) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LABELS = 100;
    private static final int MOST_SPANS = 2_000;

    public MarkedTexts {
        texts = List.copyOf(texts);
        labels = List.copyOf(labels);
    }

    /**
     * One text.
     *
     * @param spans in Java string indices, which begin and end where tokens do, in order, not overlapping
     */
    public record Marked(int line, String text, List<LabelledSpan> spans) {
        public Marked {
            spans = List.copyOf(spans);
        }

        /** "O", or "B-" and "I-" before the label, for each token. */
        public List<String> tags(List<Token> tokens) {
            List<String> tags = new ArrayList<>(Collections.nCopies(tokens.size(), "O"));
            for (LabelledSpan span : spans) {
                int at = Token.firstFrom(tokens, span.start());
                String prefix = "B-";
                while (at < tokens.size() && tokens.get(at).start() < span.end()) {
                    tags.set(at++, prefix + span.label());
                    prefix = "I-";
                }
            }
            return tags;
        }
    }

    /**
     * Reads and checks.
     *
     * @param column of the spans
     * @throws DataException when a line is broken, or nothing could be learnt
     */
    public static MarkedTexts read(Path file, String text, String column, Findings findings) {
        if (!TableReader.isJsonLines(file)) {
            throw new DataException(file + " is no .jsonl: --type extract wants {\"" + text + "\", \"" + column
                    + "\": [{\"start\", \"end\", \"label\"}]}, one a line");
        }
        Table table = TableReader.read(file);
        Examples.require(table, "--text", text);
        Examples.require(table, "--label", column);
        List<Marked> all = new ArrayList<>();
        List<Integer> cut = new ArrayList<>();
        List<Integer> blank = new ArrayList<>();
        for (Line line : table.rows()) {
            if (line.cell(text).isEmpty()) {
                blank.add(line.number());
                continue;
            }
            try {
                all.add(marked(line, text, column, cut));
            } catch (IllegalArgumentException e) {
                throw new DataException(file + ":" + line.number() + ": " + e.getMessage(), e);
            }
        }
        if (!blank.isEmpty()) {
            findings.add(Finding.warning(
                    "column '" + text + "'", "%,d rows have no text and are left out".formatted(blank.size()), blank));
        }
        if (!cut.isEmpty()) {
            findings.add(Finding.warning(
                    "column '" + column + "'",
                    "%,d spans begin or end inside a word and are widened to it".formatted(cut.size()),
                    cut));
        }
        return checked(all, column, findings);
    }

    private static Marked marked(Line line, String text, String column, List<Integer> cut) {
        String raw = line.cell(text);
        JsonNode spans = spans(line.cell(column), column);
        List<Token> tokens = Tokenizer.tokenize(raw);
        List<LabelledSpan> read = new ArrayList<>();
        int length = raw.codePointCount(0, raw.length());
        for (JsonNode span : spans) {
            int start = span.path("start").asInt(-1);
            int end = span.path("end").asInt(-1);
            String label = span.path("label").asString("");
            if (start < 0 || end <= start || end > length || label.isBlank() || label.length() > 100) {
                throw new IllegalArgumentException(
                        "a span of '%s' is %s, expected start, end (up to %d, counted in Unicode code points) and label"
                                .formatted(column, span, length));
            }
            int from = raw.offsetByCodePoints(0, start);
            int to = raw.offsetByCodePoints(0, end);
            LabelledSpan fitted = fitted(tokens, from, to, label);
            if (fitted.start() != from || fitted.end() != to) {
                cut.add(line.number());
            }
            read.add(fitted);
        }
        read.sort(Comparator.comparingInt(LabelledSpan::start));
        for (int i = 1; i < read.size(); i++) {
            if (read.get(i).start() < read.get(i - 1).end()) {
                throw new IllegalArgumentException("spans of '%s' overlap".formatted(column));
            }
        }
        return new Marked(line.number(), raw, read);
    }

    private static LabelledSpan fitted(List<Token> tokens, int from, int to, String label) {
        int start = -1;
        int end = -1;
        for (Token token : tokens) {
            if (token.end() > from && token.start() < to) {
                start = start < 0 ? token.start() : start;
                end = token.end();
            }
        }
        if (start < 0) {
            throw new IllegalArgumentException("a span from " + from + " to " + to + " marks only blanks");
        }
        return new LabelledSpan(start, end, label);
    }

    private static JsonNode spans(String cell, String column) {
        try {
            JsonNode spans = JSON.readTree(cell.isEmpty() ? "[]" : cell);
            if (!spans.isArray() || spans.size() > MOST_SPANS) {
                throw new IllegalArgumentException("'" + column + "' is no list of at most " + MOST_SPANS + " spans");
            }
            return spans;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("'" + column + "' is no list of spans", e);
        }
    }

    private static MarkedTexts checked(List<Marked> all, String column, Findings findings) {
        Map<String, Set<Integer>> lines = new TreeMap<>();
        for (Marked one : all) {
            one.spans()
                    .forEach(span -> lines.computeIfAbsent(span.label(), label -> new TreeSet<>())
                            .add(one.line()));
        }
        Set<String> rare = new HashSet<>();
        lines.forEach((label, where) -> {
            if (where.size() < LabelChecks.FEWEST_OF_A_LABEL) {
                rare.add(label);
                findings.add(Finding.warning(
                        "label '" + label + "'",
                        "is marked in %d texts, expected at least %d: it is left out"
                                .formatted(where.size(), LabelChecks.FEWEST_OF_A_LABEL),
                        List.copyOf(where)));
            }
        });
        lines.keySet().removeAll(rare);
        if (lines.isEmpty() || lines.size() > MOST_LABELS) {
            findings.add(Finding.error(
                    "column '" + column + "'",
                    "has %d labels that are marked in %d texts or more, expected 1 to %d"
                            .formatted(lines.size(), LabelChecks.FEWEST_OF_A_LABEL, MOST_LABELS),
                    List.of()));
        }
        List<Marked> kept = all.stream()
                .map(one -> new Marked(
                        one.line(),
                        one.text(),
                        one.spans().stream()
                                .filter(span -> !rare.contains(span.label()))
                                .toList()))
                .toList();
        duplicates(kept, findings);
        new LabelChecks(column, findings)
                .enough(kept.stream().map(one -> new Line(one.line(), Map.of())).toList());
        findings.stopAtErrors();
        long empty = kept.stream().filter(one -> one.spans().isEmpty()).count();
        findings.add(Finding.note("file", "%,d of %,d texts have no span".formatted(empty, kept.size())));
        int[] groups = Duplicates.groups(kept.stream().map(Marked::text).toList());
        return new MarkedTexts(kept, List.copyOf(lines.keySet()), groups);
    }

    private static void duplicates(List<Marked> texts, Findings findings) {
        Map<String, List<LabelledSpan>> seen = new TreeMap<>();
        List<Integer> repeated = new ArrayList<>();
        List<Integer> contradicting = new ArrayList<>();
        for (Marked one : texts) {
            List<LabelledSpan> before = seen.putIfAbsent(one.text(), one.spans());
            if (before != null) {
                repeated.add(one.line());
                if (!before.equals(one.spans())) {
                    contradicting.add(one.line());
                }
            }
        }
        if (!repeated.isEmpty()) {
            findings.add(Finding.warning(
                    "rows",
                    "%,d have the same text as an earlier one: they stay together when rows are held back for the test"
                            .formatted(repeated.size()),
                    repeated));
        }
        if (!contradicting.isEmpty()) {
            findings.add(Finding.warning(
                    "rows",
                    "%,d have the same text as an earlier one and other spans".formatted(contradicting.size()),
                    contradicting));
        }
    }
}
