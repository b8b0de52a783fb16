package dev.pinfactory.specialists.learning.sequence;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of the sequence model. Features are kept by hash, sorted, each with one signed byte for each label that it speaks of; bytes are scaled
 * label by label, because one scale for all labels costs five points of F1.
 */
public final class SequenceModel {
    private static final int MAX_LABELS = 256;
    private static final int MAX_FEATURES = 10_000_000;

    private final List<String> labels;
    private final float[] scales;
    private final double[][] transitions;
    private final int[] commonWords;
    private final int[] features;
    private final int[] starts;
    private final byte[] weightLabels;
    private final byte[] weights;
    private final PlattScaling scaling;

    SequenceModel(
            List<String> labels,
            float[] scales,
            double[][] transitions,
            int[] commonWords,
            int[] features,
            int[] starts,
            byte[] weightLabels,
            byte[] weights,
            PlattScaling scaling) {
        this.labels = List.copyOf(labels);
        this.scales = scales;
        this.transitions = transitions;
        this.commonWords = commonWords;
        this.features = features;
        this.starts = starts;
        this.weightLabels = weightLabels;
        this.weights = weights;
        this.scaling = scaling;
    }

    /** "O", and "B-" and "I-" before the name of each type. */
    public List<String> labels() {
        return labels;
    }

    /** How likely spans of this probability were right. */
    public PlattScaling scaling() {
        return scaling;
    }

    /** This model, the less inclined to pass something over, the larger the bias. */
    public SequenceModel inclinedToFind(double bias) {
        double[][] inclined = new double[transitions.length][];
        for (int i = 0; i < inclined.length; i++) {
            inclined[i] = transitions[i].clone();
            inclined[i][labels.indexOf("O")] -= bias;
        }
        return new SequenceModel(
                labels, scales, inclined, commonWords, features, starts, weightLabels, weights, scaling);
    }

    /** This model with another scaling of its probabilities. */
    public SequenceModel with(PlattScaling fitted) {
        return new SequenceModel(
                labels, scales, transitions, commonWords, features, starts, weightLabels, weights, fitted);
    }

    public boolean isCommonWord(int hash) {
        return Arrays.binarySearch(commonWords, hash) >= 0;
    }

    /** The lattice of a text whose tokens have these features. */
    public Lattice lattice(int[][] tokenFeatures) {
        return new Lattice(scores(tokenFeatures), transitions);
    }

    /** What several models with the same labels say together: the mean of their scores. */
    public static Lattice lattice(List<SequenceModel> models, int[][] tokenFeatures) {
        SequenceModel first = models.getFirst();
        double[][] scores = new double[tokenFeatures.length][first.labels.size()];
        double[][] transitions = new double[first.transitions.length][first.labels.size()];
        for (SequenceModel model : models) {
            add(scores, model.scores(tokenFeatures), models.size());
            add(transitions, model.transitions, models.size());
        }
        return new Lattice(scores, transitions);
    }

    private static void add(double[][] sums, double[][] values, int count) {
        for (int i = 0; i < sums.length; i++) {
            for (int l = 0; l < sums[i].length; l++) {
                sums[i][l] += values[i][l] / count;
            }
        }
    }

    /** Weights that are kept. */
    public int size() {
        return weights.length;
    }

    private double[][] scores(int[][] tokenFeatures) {
        double[][] scores = new double[tokenFeatures.length][labels.size()];
        for (int i = 0; i < scores.length; i++) {
            for (int feature : tokenFeatures[i]) {
                int at = Arrays.binarySearch(features, feature);
                for (int w = at < 0 ? 0 : starts[at]; at >= 0 && w < starts[at + 1]; w++) {
                    int label = Byte.toUnsignedInt(weightLabels[w]);
                    scores[i][label] += weights[w] * scales[label];
                }
            }
        }
        return scores;
    }

    /** What the best path marks, in order; the label "O" marks nothing, "B-" begins a span and "I-" of the same type goes on with it. */
    public List<TaggedSpan> spans(Lattice lattice) {
        int[] path = lattice.bestPath();
        Lattice.Marginals marginals = lattice.marginals();
        List<TaggedSpan> spans = new ArrayList<>();
        int i = 0;
        while (i < path.length) {
            String label = labels.get(path[i]);
            if (label.equals("O")) {
                i++;
                continue;
            }
            String type = label.substring(2);
            double probability = marginals.at(i, path[i]);
            int end = i + 1;
            while (end < path.length && labels.get(path[end]).equals("I-" + type)) {
                probability = Math.min(probability, marginals.at(end, path[end]));
                end++;
            }
            spans.add(new TaggedSpan(type, i, end, scaling.of(probability)));
            i = end;
        }
        return spans;
    }

    public void write(ModelOutput out) throws IOException {
        out.words(labels);
        for (float scale : scales) {
            out.number(scale);
        }
        for (double[] row : transitions) {
            for (double value : row) {
                out.number((float) value);
            }
        }
        writeInts(out, commonWords);
        writeInts(out, features);
        for (int f = 0; f < features.length; f++) {
            out.count(starts[f + 1] - starts[f]);
        }
        out.bytes(weightLabels);
        out.bytes(weights);
        scaling.write(out);
    }

    public static SequenceModel read(ModelInput in) throws IOException {
        List<String> labels = in.words(MAX_LABELS);
        float[] scales = new float[labels.size()];
        for (int l = 0; l < scales.length; l++) {
            scales[l] = in.smallNumber();
        }
        double[][] transitions = new double[labels.size() + 1][labels.size()];
        for (double[] row : transitions) {
            for (int l = 0; l < row.length; l++) {
                row[l] = in.smallNumber();
            }
        }
        int[] commonWords = readInts(in);
        int[] features = readInts(in);
        int[] starts = new int[features.length + 1];
        for (int f = 0; f < features.length; f++) {
            starts[f + 1] = starts[f] + in.count(labels.size());
        }
        byte[] weightLabels = in.bytes(starts[features.length]);
        byte[] weights = in.bytes(starts[features.length]);
        for (byte label : weightLabels) {
            if (Byte.toUnsignedInt(label) >= labels.size()) {
                throw new IllegalArgumentException("a weight for label " + Byte.toUnsignedInt(label));
            }
        }
        PlattScaling scaling = PlattScaling.read(in);
        return new SequenceModel(
                labels, scales, transitions, commonWords, features, starts, weightLabels, weights, scaling);
    }

    private static void writeInts(ModelOutput out, int[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.count(values.length);
        out.bytes(bytes.array());
    }

    private static int[] readInts(ModelInput in) throws IOException {
        int[] values = new int[in.count(MAX_FEATURES)];
        ByteBuffer.wrap(in.bytes(values.length * Integer.BYTES)).asIntBuffer().get(values);
        return values;
    }
}
