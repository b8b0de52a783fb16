package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.learning.SparseVector;
import java.util.HashSet;
import java.util.Set;

/** What two rows look like to the pair model: sums over the columns, so that one model serves tables of any columns. */
final class PairFeatures {
    private static final double ALIKE = 0.6;

    /** Columns with as many values as this share of the rows name things; others describe them. */
    private static final double NAMING = 0.5;

    private double weights;
    private double alike;
    private double exact;
    private double conflict;
    private double missing;
    private double least = 1;
    private double namingWeight;
    private double naming;
    private double digitColumns;
    private double digitConflicts;
    private double numbers;
    private double numberConflicts;
    private double dates;
    private double dateConflicts;
    private double nearCodes;
    private double textWeight;
    private double textAlike;

    private PairFeatures() {}

    static SparseVector of(Records records, int a, int b) {
        PairFeatures features = new PairFeatures();
        for (int column = 0; column < records.columns(); column++) {
            features.add(records, a, b, column);
        }
        return features.vector(records, a, b);
    }

    private void add(Records records, int a, int b, int column) {
        Cell left = records.cell(a, column);
        Cell right = records.cell(b, column);
        double weight = 0.1 + records.distinct(column);
        if (left == null || right == null) {
            missing += left == right ? 0 : 1.0 / records.columns();
            return;
        }
        double like = Likeness.of(left, right);
        weights += weight;
        alike += weight * like;
        exact += like == 1 ? weight : 0;
        conflict += like < ALIKE ? weight : 0;
        least = Math.min(least, like);
        if (records.distinct(column) >= NAMING) {
            namingWeight += weight;
            naming += weight * like;
        }
        if (!left.days().isEmpty() && !right.days().isEmpty()) {
            dates += like == 1 ? 1 : 0;
            dateConflicts += like == 1 ? 0 : 1;
            return;
        }
        if (left.number().isPresent() && right.number().isPresent()) {
            numbers += like == 1 ? 1 : 0;
            numberConflicts += like < ALIKE ? 1 : 0;
        } else {
            textWeight += weight;
            textAlike += weight * like;
        }
        if (!left.digits().isEmpty() && !right.digits().isEmpty()) {
            digitColumns++;
            boolean same = like == 1 || Likeness.jaccard(left.digits(), right.digits()) > 0;
            digitConflicts += same ? 0 : 1;
            // Invoice 417 and 418 differ in a digit because they are two.
            nearCodes += like < 1
                            && like > 0.7
                            && records.distinct(column) >= NAMING
                            && !left.digits().equals(right.digits())
                    ? 1
                    : 0;
        }
    }

    private SparseVector vector(Records records, int a, int b) {
        double mean = weights == 0 ? 0 : alike / weights;
        double share = weights == 0 ? 0 : conflict / weights;
        double text = textWeight == 0 ? mean : textAlike / textWeight;
        double named = namingWeight == 0 ? mean : naming / namingWeight;
        double cosine = cosine(records, a, b);
        double digits = digitColumns == 0 ? 0 : digitConflicts / digitColumns;
        double[] all = {
            mean,
            mean * mean,
            share,
            share * share,
            weights == 0 ? 0 : exact / weights,
            missing,
            least,
            named,
            named * named,
            text,
            text * text,
            cosine,
            cosine * cosine,
            rarest(records, a, b),
            digits,
            digits * mean,
            Math.min(2, numbers) / 2,
            Math.min(2, numberConflicts) / 2,
            Math.min(1, dates),
            Math.min(1, dateConflicts),
            Math.min(2, nearCodes) / 2,
            digitColumns == 0 ? 1 : 0,
            named * cosine,
        };
        int[] indices = new int[all.length];
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            indices[i] = i;
            values[i] = (float) all[i];
        }
        return new SparseVector(indices, values);
    }

    private static Set<String> shared(Records records, int a, int b) {
        Set<String> shared = new HashSet<>(records.tokens(a));
        shared.retainAll(records.tokens(b));
        return shared;
    }

    private static double rarest(Records records, int a, int b) {
        return shared(records, a, b).stream().mapToDouble(records::rarity).max().orElse(0);
    }

    private static double cosine(Records records, int a, int b) {
        double both = squares(records, shared(records, a, b));
        double length = Math.sqrt(squares(records, records.tokens(a)) * squares(records, records.tokens(b)));
        return length == 0 ? 0 : both / length;
    }

    private static double squares(Records records, Set<String> tokens) {
        return tokens.stream()
                .sorted()
                .mapToDouble(records::rarity)
                .map(rarity -> rarity * rarity)
                .sum();
    }

    /** Number of features. */
    static final int SIZE = 23;
}
