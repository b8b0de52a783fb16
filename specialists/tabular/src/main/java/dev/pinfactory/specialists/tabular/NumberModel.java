package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A number for a row: boosted trees of several folds, averaged, with bounds that held the wanted share of rows that the trees had not seen. Immutable. */
public final class NumberModel {
    /** Share of the rows that bounds are meant to hold. */
    public static final double COVERAGE = 0.9;

    private static final int FORMAT = 1;

    private final Columns columns;
    private final int[] columnOfFeature;
    private final double[] weights;
    private final List<List<Tree>> folds;
    private final double mean;
    private final double deviation;
    private final double halfWidth;

    /**
     * @param mean of the numbers, and {@code deviation} from it: trees learn what was brought to one scale by them
     * @param halfWidth of the bounds
     */
    NumberModel(
            Columns columns,
            double[] weights,
            List<List<Tree>> folds,
            double mean,
            double deviation,
            double halfWidth) {
        if (!(deviation > 0) || !(halfWidth >= 0)) {
            throw new IllegalArgumentException("a deviation of " + deviation + " and bounds of " + halfWidth);
        }
        this.columns = columns;
        this.columnOfFeature = columns.columnOfFeature();
        this.weights = weights.clone();
        this.folds = folds.stream().map(List::copyOf).toList();
        this.mean = mean;
        this.deviation = deviation;
        this.halfWidth = halfWidth;
    }

    public double number(Row row) {
        return mean + deviation * TabularModel.logOdds(folds, columns.features(row));
    }

    /** How far from the number the bounds lie, on either side. */
    public double halfWidth() {
        return halfWidth;
    }

    /** The columns that moved the number most, strongest first; {@code logOdds} is what each moved it by. */
    public List<TabularModel.Reason> reasons(Row row, int most) {
        double[] features = columns.features(row);
        double[] contributions = new double[columns.all().size()];
        folds.forEach(trees -> trees.forEach(tree -> tree.explain(features, columnOfFeature, contributions)));
        return IntStream.range(0, contributions.length)
                .mapToObj(i -> new TabularModel.Reason(
                        columns.all().get(i).name(), deviation * contributions[i] / folds.size()))
                .filter(reason -> reason.logOdds() != 0)
                .sorted(Comparator.comparingDouble(reason -> -Math.abs(reason.logOdds())))
                .limit(most)
                .toList();
    }

    /** How much of what the model goes by is known of a row, 0 to 1. */
    public double known(Row row) {
        return columns.known(row, weights);
    }

    /** The model file. */
    public byte[] bytes(String kind) {
        return ModelFile.write(kind, FORMAT, this::write);
    }

    private void write(ModelOutput out) throws IOException {
        columns.write(out);
        for (double weight : weights) {
            out.number(weight);
        }
        out.number(mean);
        out.number(deviation);
        out.number(halfWidth);
        TabularModel.write(folds, out);
    }

    /** @throws IOException when it is no such model */
    public static NumberModel read(InputStream stream, String kind) throws IOException {
        return ModelFile.read(stream, kind, FORMAT, NumberModel::read);
    }

    private static NumberModel read(ModelInput in) throws IOException {
        Columns columns = Columns.read(in);
        double[] weights = new double[columns.all().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.number();
        }
        double mean = in.number();
        double deviation = in.number();
        double halfWidth = in.number();
        return new NumberModel(
                columns, weights, TabularModel.folds(in, columns.features()), mean, deviation, halfWidth);
    }
}
