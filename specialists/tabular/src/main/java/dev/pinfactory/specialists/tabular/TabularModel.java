package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.ModelFile;
import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Boosted trees of several folds, their log-odds averaged and calibrated. Immutable. */
public final class TabularModel {
    private static final int FORMAT = 1;
    private static final int MAX_FOLDS = 200;
    private static final int MAX_TREES = 10_000;

    private final Columns columns;
    private final int[] columnOfFeature;
    private final double[] weights;
    private final List<List<Tree>> folds;
    private final PlattScaling calibration;

    /** @param weights share of each column in what the trees learned */
    TabularModel(Columns columns, double[] weights, List<List<Tree>> folds, PlattScaling calibration) {
        this.columns = columns;
        this.columnOfFeature = columns.columnOfFeature();
        this.weights = weights.clone();
        this.folds = folds.stream().map(List::copyOf).toList();
        this.calibration = calibration;
    }

    /**
     * A column that spoke for or against.
     *
     * @param logOdds what it changed; above 0 it spoke for
     */
    public record Reason(String column, double logOdds) {}

    /** Calibrated probability. */
    public double probability(Row row) {
        return probability(columns.features(row));
    }

    double probability(double[] features) {
        return calibration.of(sigmoid(logOdds(folds, features)));
    }

    static double logOdds(List<List<Tree>> folds, double[] features) {
        double sum = 0;
        for (List<Tree> trees : folds) {
            for (Tree tree : trees) {
                sum += tree.score(features);
            }
        }
        return sum / folds.size();
    }

    static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** The columns that spoke most, for or against, strongest first. */
    public List<Reason> reasons(Row row, int most) {
        double[] features = columns.features(row);
        double[] contributions = new double[columns.all().size()];
        folds.forEach(trees -> trees.forEach(tree -> tree.explain(features, columnOfFeature, contributions)));
        return IntStream.range(0, contributions.length)
                .mapToObj(i -> new Reason(columns.all().get(i).name(), contributions[i] / folds.size()))
                .filter(reason -> reason.logOdds() != 0)
                .sorted(Comparator.comparingDouble(reason -> -Math.abs(reason.logOdds())))
                .limit(most)
                .toList();
    }

    /** How much of what the model goes by is known of a row, 0 to 1. A word that training has not seen is not known. */
    public double known(Row row) {
        return columns.known(row, weights);
    }

    /** In the order of how much the model goes by them. */
    public List<String> columnNames() {
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -weights[i]))
                .map(i -> columns.all().get(i).name())
                .toList();
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
        calibration.write(out);
        write(folds, out);
    }

    static void write(List<List<Tree>> folds, ModelOutput out) throws IOException {
        out.count(folds.size());
        for (List<Tree> trees : folds) {
            out.count(trees.size());
            for (Tree tree : trees) {
                tree.write(out);
            }
        }
    }

    /** @throws IOException when it is no such model */
    public static TabularModel read(InputStream stream, String kind) throws IOException {
        return ModelFile.read(stream, kind, FORMAT, TabularModel::read);
    }

    private static TabularModel read(ModelInput in) throws IOException {
        Columns columns = Columns.read(in);
        double[] weights = new double[columns.all().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.number();
        }
        PlattScaling calibration = PlattScaling.read(in);
        return new TabularModel(columns, weights, folds(in, columns.features()), calibration);
    }

    static List<List<Tree>> folds(ModelInput in, int features) throws IOException {
        int foldCount = in.count(MAX_FOLDS);
        if (foldCount == 0) {
            throw new IOException("model has no trees");
        }
        List<List<Tree>> folds = new ArrayList<>();
        for (int fold = 0; fold < foldCount; fold++) {
            int size = in.count(MAX_TREES);
            List<Tree> trees = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                trees.add(Tree.read(in, features));
            }
            folds.add(trees);
        }
        return folds;
    }
}
