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
        int count = sources.size();
        for (int i = 0; i < count; i++) {
            String source = sources.get(i);
            List<String> words = receipt.words(source);
            for (String word : words) {
                features.add("in", word);
            }
            String where = i == 0 ? "first" : i == count - 1 ? "last" : "inner";
            features.add(where + "1", Words.first(words, 1)).add(where + "2", Words.first(words, 2));
            features.add(where + "9", Words.last(words, 1)).add(where + "s", receipt.shape(source));
            features.add(where + "End", Words.lastSign(source));
            features.add(where + "Form", receipt.form(source));
            words.forEach(word -> features.add(where, word));
        }
        String lastLine = sources.getLast();
        features.add("end1", Words.last(receipt.words(lastLine), 1))
                .add("end2", Words.last(receipt.words(lastLine), 2));
        features.add("endShape", receipt.shape(lastLine));
        features.add("endForm", receipt.form(lastLine));
        features.add("endSign", Words.lastSign(lastLine));
        features.add("count", "" + count).add("start", "" + Math.min(first, 10));
        String all = String.join(" ", sources);
        features.add("postcode", "" + Words.hasPostcode(all));
        features.add("commas", Math.min(8, all.chars().filter(c -> c == ',').count()) / 4.0);
        near(features, receipt, "before", first - 1);
        near(features, receipt, "after", first + count);
        near(features, receipt, "after2", first + count + 1);
    }

    private static void near(FeatureVector features, Receipt receipt, String name, int i) {
        List<Line> lines = receipt.lines();
        if (i < 0 || i >= lines.size()) {
            features.add(name, "EDGE");
            return;
        }
        List<String> words = receipt.words(lines.get(i).text());
        features.add(name + "1", Words.first(words, 1)).add(name + "9", Words.last(words, 1));
        features.add(name + "s", receipt.shape(lines.get(i).text()))
                .add(name + "f", receipt.form(lines.get(i).text()));
        words.forEach(word -> features.add(name, word));
    }
}
