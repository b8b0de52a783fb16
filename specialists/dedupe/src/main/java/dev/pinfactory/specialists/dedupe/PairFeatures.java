package dev.pinfactory.specialists.dedupe;

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
    private double swapped;
    private double swappedWeight;
    private double swappedNames;
    private double conflicts;
    private double compared;
    private double equal;
    private double furthest;

    private PairFeatures() {}

    static float[] of(Records records, int a, int b) {
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
        compared++;
        equal += like == 1 ? 1 : 0;
        conflicts += like < ALIKE ? 1 : 0;
        furthest = Math.max(furthest, weight * (1 - like));
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
            if (like < 1 && Likeness.swapped(left, right)) {
                swapped++;
                swappedWeight += weight;
                swappedNames += records.distinct(column) >= NAMING ? 1 : 0;
            }
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

    private float[] vector(Records records, int a, int b) {
        double mean = weights == 0 ? 0 : alike / weights;
        double share = weights == 0 ? 0 : conflict / weights;
        double text = textWeight == 0 ? mean : textAlike / textWeight;
        double named = namingWeight == 0 ? mean : naming / namingWeight;
        Records.Shared shared = records.shared(a, b);
        double cosine = shared.cosine();
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
            shared.rarest(),
            digits,
            digits * mean,
            Math.min(2, numbers) / 2,
            Math.min(2, numberConflicts) / 2,
            Math.min(1, dates),
            Math.min(1, dateConflicts),
            Math.min(2, nearCodes) / 2,
            digitColumns == 0 ? 1 : 0,
            named * cosine,
            Math.min(2, swapped) / 2,
            weights == 0 ? 0 : swappedWeight / weights,
            Math.min(1, swappedNames),
            Math.min(1, swapped) * mean,
            Math.min(3, conflicts) / 3,
            compared == 0 ? 0 : conflicts / compared,
            compared == 0 ? 0 : equal / compared,
            compared == 0 ? 1 : 1 / compared,
            furthest,
            Math.min(1, nearCodes) * (compared == 0 ? 0 : equal / compared),
            Math.min(1, dateConflicts) * named,
            Math.min(1, numberConflicts) * named,
        };
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }

    /** Place of the mean likeness of the columns. */
    static final int MEAN = 0;

    /** Place of what the rows' words have in common, the rare counting more. */
    static final int COSINE = 11;

    /** Number of features. */
    static final int SIZE = 35;
}
