package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import dev.pinfactory.specialists.receiptfields.Candidate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each line, each line without the register number that ends it or the label that begins it, and lines that belong together. */
final class CompanyCandidates implements CandidateFinder {
    private static final int MAX_LINES = 40;
    private static final Pattern CUT =
            Pattern.compile("\\s*\\([^()]*\\)?\\s*[.)]*$|\\s+\\S*\\d{4,}\\S*( \\([^()]*\\))?$|[.,:;-]+$");
    private static final Pattern LABEL = Pattern.compile("^[^:]{2,16}:\\s*(?=\\S)");

    @Override
    public List<Candidate> find(Receipt receipt) {
        List<Candidate> found = new ArrayList<>();
        List<Line> lines = receipt.lines();
        for (int i = 0; i < Math.min(MAX_LINES, lines.size()); i++) {
            if (lines.get(i).text().codePoints().filter(Character::isLetter).count() < 2) {
                continue;
            }
            for (int count = 1; count <= 3 && i + count <= lines.size(); count++) {
                for (Variant variant : Variant.values()) {
                    add(found, receipt, i, count, variant);
                }
            }
        }
        return found;
    }

    private enum Variant {
        WHOLE,
        WITHOUT_NUMBER,
        WITHOUT_LABEL
    }

    private static void add(List<Candidate> found, Receipt receipt, int first, int count, Variant variant) {
        List<Part> parts = new ArrayList<>();
        receipt.lines().subList(first, first + count).forEach(line -> parts.add(Part.of(line)));
        String cut = "";
        if (variant == Variant.WITHOUT_NUMBER) {
            Part last = parts.removeLast();
            Matcher matcher = CUT.matcher(last.line().text());
            if (!matcher.find() || matcher.start() == 0) {
                return;
            }
            cut = matcher.group();
            parts.add(new Part(last.line(), last.start(), last.start() + matcher.start()));
        } else if (variant == Variant.WITHOUT_LABEL) {
            Part label = parts.removeFirst();
            Matcher matcher = LABEL.matcher(label.line().text());
            if (!matcher.find()) {
                return;
            }
            cut = matcher.group();
            parts.addFirst(new Part(label.line(), label.start() + matcher.end(), label.end()));
        }
        List<String> sources = parts.stream()
                .map(p -> receipt.text().substring(p.start(), p.end()))
                .toList();
        String finalCut = cut;
        Field.COMPANY.normalise(sources).ifPresent(value -> {
            FeatureVector features = new FeatureVector();
            describe(features, receipt, first, count, value);
            features.add("variant", variant + "/" + count).add("cut", receipt.shape(finalCut));
            features.add("cutOf", variant + Words.last(receipt.words(value), 1));
            found.add(new Candidate(value, parts, features));
        });
    }

    private static void describe(FeatureVector features, Receipt receipt, int first, int count, String value) {
        List<Line> lines = receipt.lines();
        List<String> words = receipt.words(value);
        for (int i = 0; i < words.size(); i++) {
            features.add("word", words.get(i));
            features.add("pair", words.get(i) + " " + (i + 1 < words.size() ? words.get(i + 1) : ""));
        }
        features.add("first", Words.first(words, 1))
                .add("last", Words.last(words, 1))
                .add("last2", Words.last(words, 2));
        features.add("end", Words.lastSign(value));
        features.add("shape", receipt.shape(value)).add("words", "" + Math.min(words.size(), 8));
        features.add(
                "digits",
                "" + Math.min(4, value.chars().filter(Character::isDigit).count()));
        features.add("line", "" + Math.min(first, 12)).add("lineCount", Math.min(first, 12) + "/" + count);
        Line line = lines.get(first);
        features.add("height", receipt.relativeHeight(line) - 1)
                .add("tall", "" + (int) (receipt.relativeHeight(line) * 3));
        features.add("offCentre", receipt.offCentre(line)).add("top", receipt.relativeTop(line));
        near(features, receipt, "before", first - 1);
        near(features, receipt, "after", first + count);
        near(features, receipt, "after2", first + count + 1);
        if (count > 1) {
            features.add(
                    "joint",
                    Words.last(receipt.words(lines.get(first).text()), 1) + "|"
                            + Words.first(receipt.words(lines.get(first + 1).text()), 1));
            features.add(
                    "jointHeights",
                    ""
                            + Math.round(2
                                    * Math.abs(receipt.relativeHeight(lines.get(first))
                                            - receipt.relativeHeight(lines.get(first + 1)))));
        }
    }

    private static void near(FeatureVector features, Receipt receipt, String name, int i) {
        List<Line> lines = receipt.lines();
        if (i < 0 || i >= lines.size()) {
            features.add(name, "EDGE");
            return;
        }
        List<String> words = receipt.words(lines.get(i).text());
        features.add(name + "1", Words.first(words, 1)).add(name + "9", Words.last(words, 1));
        words.forEach(word -> features.add(name, word));
        features.add(name + "s", receipt.shape(lines.get(i).text()));
    }
}
