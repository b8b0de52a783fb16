package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import dev.pinfactory.specialists.receiptfields.Candidate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of one to seven lines. */
final class AddressCandidates implements CandidateFinder {
    private static final int MAX_LINES = 30;
    private static final int MAX_RUN = 7;

    /** What may follow an address in its last line, or stand as a label before it in its first. */
    private static final Pattern TAIL =
            Pattern.compile("[,.]?\\s+\\p{L}{3,9}\\s*(?:NO)?[.:]*\\s*:?\\s*[+(]?[\\d][\\d \\-/()]{6,}.*$");

    private static final Pattern LABEL = Pattern.compile("^(?:\\p{L}{2,10}\\s?){1,2}:\\s*(?=\\S)");

    @Override
    public List<Candidate> find(Receipt receipt) {
        List<Candidate> found = new ArrayList<>();
        List<Line> lines = receipt.lines();
        for (int first = 0; first < Math.min(MAX_LINES, lines.size()); first++) {
            for (int count = 1; count <= MAX_RUN && first + count <= lines.size(); count++) {
                for (boolean trimmed : new boolean[] {false, true}) {
                    add(found, receipt, first, count, trimmed);
                }
            }
        }
        return found;
    }

    private static void add(List<Candidate> found, Receipt receipt, int first, int count, boolean trimmed) {
        List<Part> parts = new ArrayList<>();
        receipt.lines().subList(first, first + count).forEach(line -> parts.add(Part.of(line)));
        if (trimmed && !trim(parts)) {
            return;
        }
        List<String> sources = parts.stream()
                .map(p -> receipt.text().substring(p.start(), p.end()))
                .toList();
        Field.ADDRESS.normalise(sources).ifPresent(value -> {
            FeatureVector features = new FeatureVector();
            describe(features, receipt, first, sources);
            features.add("trimmed", "" + trimmed);
            found.add(new Candidate(value, parts, features));
        });
    }

    private static boolean trim(List<Part> parts) {
        boolean changed = false;
        Part last = parts.getLast();
        Matcher tail = TAIL.matcher(last.line().text());
        if (tail.find() && tail.start() > 0) {
            parts.set(parts.size() - 1, new Part(last.line(), last.start(), last.start() + tail.start()));
            changed = true;
        }
        Part head = parts.getFirst();
        Matcher label = LABEL.matcher(head.line().text());
        if (label.find() && head.start() + label.end() < head.end()) {
            parts.set(0, new Part(head.line(), head.start() + label.end(), head.end()));
            changed = true;
        }
        return changed;
    }

    private static void describe(FeatureVector features, Receipt receipt, int first, List<String> sources) {
        List<Line> lines = receipt.lines();
        int count = sources.size();
        for (int i = 0; i < count; i++) {
            String source = sources.get(i);
            List<String> words = Words.of(source);
            for (String word : words) {
                features.add("in", word);
            }
            String where = i == 0 ? "first" : i == count - 1 ? "last" : "inner";
            features.add(where + "1", Words.first(words, 1)).add(where + "2", Words.first(words, 2));
            features.add(where + "9", Words.last(words, 1)).add(where + "s", Words.shape(source));
            features.add(where + "End", source.substring(source.length() - 1).replaceAll("[\\p{L}\\d]", "A"));
            features.add(where + "Form", form(source));
            words.forEach(word -> features.add(where, word));
        }
        String lastLine = sources.getLast();
        features.add("end1", Words.last(Words.of(lastLine), 1)).add("end2", Words.last(Words.of(lastLine), 2));
        features.add("endShape", Words.shape(lastLine));
        features.add("endForm", form(lastLine));
        features.add("endSign", lastLine.substring(lastLine.length() - 1).replaceAll("[\\p{L}\\d]", "A"));
        features.add("count", "" + count).add("start", "" + Math.min(first, 10));
        String all = String.join(" ", sources);
        features.add("postcode", "" + all.matches("(?s).*(?<!\\d)\\d{5}(?!\\d).*"));
        features.add("commas", Math.min(8, all.chars().filter(c -> c == ',').count()) / 4.0);
        near(features, "before", lines, first - 1);
        near(features, "after", lines, first + count);
        near(features, "after2", lines, first + count + 1);
    }

    private static String form(String source) {
        long digits = source.chars().filter(Character::isDigit).count();
        return (Character.isDigit(source.charAt(0)) ? "0" : "A")
                + (source.matches(".*(?<!\\d)\\d{5}(?!\\d).*") ? "p" : "")
                + (source.contains(",") ? "," : "")
                + (source.contains(":") ? ":" : "")
                + (source.startsWith("(") ? "(" : "")
                + Math.min(3, digits * 4 / source.length());
    }

    private static void near(FeatureVector features, String name, List<Line> lines, int i) {
        if (i < 0 || i >= lines.size()) {
            features.add(name, "EDGE");
            return;
        }
        List<String> words = Words.of(lines.get(i).text());
        features.add(name + "1", Words.first(words, 1)).add(name + "9", Words.last(words, 1));
        features.add(name + "s", Words.shape(lines.get(i).text()))
                .add(name + "f", form(lines.get(i).text()));
        words.forEach(word -> features.add(name, word));
    }
}
