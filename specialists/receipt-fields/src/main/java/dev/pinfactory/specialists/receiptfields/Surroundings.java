package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.ranking.FeatureVector;
import java.util.ArrayList;
import java.util.List;

/** What stands before, beside, above and below a piece of a line. */
record Surroundings(Receipt receipt, int row, Line line) {
    static List<Surroundings> all(Receipt receipt) {
        List<Surroundings> all = new ArrayList<>();
        for (int row = 0; row < receipt.rows().size(); row++) {
            for (Line line : receipt.rows().get(row)) {
                all.add(new Surroundings(receipt, row, line));
            }
        }
        return all;
    }

    /** The words of the row to the left of this offset. */
    List<String> left(int start) {
        StringBuilder left = new StringBuilder();
        for (Line other : receipt.rows().get(row)) {
            if (other == line) {
                left.append(line.text(), 0, start - line.start());
                break;
            }
            left.append(other.text()).append(' ');
        }
        return receipt.words(left.toString());
    }

    /** The words of the row to the right of this offset. */
    List<String> right(int end) {
        StringBuilder right = new StringBuilder(line.text().substring(end - line.start()));
        boolean behind = false;
        for (Line other : receipt.rows().get(row)) {
            if (behind) {
                right.append(' ').append(other.text());
            }
            behind |= other == line;
        }
        return receipt.words(right.toString());
    }

    /** The words of a row above (negative) or below. */
    List<String> row(int distance) {
        int wanted = row + distance;
        if (wanted < 0 || wanted >= receipt.rows().size()) {
            return List.of("EDGE");
        }
        StringBuilder words = new StringBuilder();
        receipt.rows().get(wanted).forEach(piece -> words.append(piece.text()).append(' '));
        return receipt.words(words.toString());
    }

    /** The words of the piece straight above, in the same column, if there is one. */
    List<String> above() {
        if (row == 0) {
            return List.of("EDGE");
        }
        return receipt.rows().get(row - 1).stream()
                .filter(other -> other.left() < line.right() && line.left() < other.right())
                .findFirst()
                .map(other -> receipt.words(other.text()))
                .orElse(List.of("NONE"));
    }

    void describe(FeatureVector features, int start, int end) {
        List<String> left = left(start);
        left.forEach(word -> features.add("left", word));
        features.add("left2", Words.last(left, 2))
                .add("left1", Words.last(left, 1))
                .add("leftAll", Words.first(left, 4));
        List<String> right = right(end);
        features.add("right1", Words.first(right, 1)).add("right2", Words.first(right, 2));
        above().forEach(word -> features.add("above", word));
        features.add("rowAbove", Words.first(row(-1), 2));
        row(1).forEach(word -> features.add("below", word));
        features.add("rowBelow", Words.first(row(1), 2));
        row(-1).forEach(word -> features.add("rowAboveAny", word));
        features.add("top", "" + (int) (receipt.relativeTop(line) * 8));
        features.add("relativeTop", receipt.relativeTop(line));
        features.add("height", receipt.relativeHeight(line) - 1);
        features.add(
                "alone",
                "" + (line.text().length() == end - start)
                        + receipt.rows().get(row).size());
    }
}
