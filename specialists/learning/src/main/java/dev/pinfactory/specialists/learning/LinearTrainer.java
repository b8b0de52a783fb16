package dev.pinfactory.specialists.learning;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Trains a {@link LinearModel} with liblinear. The same data, settings and seed give the same model to the last bit.
 *
 * @param solver such as {@code L2R_L2LOSS_SVC_DUAL}, one label against the rest, or {@code MCSVM_CS}, all labels at once
 * @param cost C: how much a wrong training example weighs against large weights
 * @param tolerance where the solver stops
 * @param keep share of the weights to keep
 */
public record LinearTrainer(SolverType solver, double cost, double tolerance, double keep, long seed) {
    /** Bounds the time where the data can't be separated. */
    private static final int MAX_ITERATIONS = 1_000;

    public LinearTrainer(SolverType solver, double cost, double keep, long seed) {
        this(solver, cost, 0.1, keep, seed);
    }

    /**
     * @param labels of the texts, in their order
     * @param features number of feature places
     */
    public LinearModel train(List<SparseVector> texts, List<String> labels, int features) {
        if (texts.size() != labels.size() || texts.isEmpty()) {
            throw new IllegalArgumentException(texts.size() + " texts and " + labels.size() + " labels");
        }
        List<String> names = List.copyOf(new TreeSet<>(labels));
        if (names.size() < 2) {
            throw new IllegalArgumentException("all texts have the label '" + names.get(0) + "', expected two or more");
        }
        Problem problem = problem(texts, features);
        for (int i = 0; i < texts.size(); i++) {
            problem.y[i] = names.indexOf(labels.get(i));
        }
        return rows(solve(problem), names, features);
    }

    /**
     * Where a text may have several labels or none: each label against all texts without it.
     *
     * @param labels of the texts, in their order
     * @param features number of feature places
     */
    public LinearModel trainSets(List<SparseVector> texts, List<Set<String>> labels, int features) {
        if (texts.size() != labels.size() || texts.isEmpty()) {
            throw new IllegalArgumentException(texts.size() + " texts and " + labels.size() + " sets of labels");
        }
        List<String> names =
                List.copyOf(labels.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new)));
        float[][] weights = new float[names.size()][features];
        float[] biases = new float[names.size()];
        Problem problem = problem(texts, features);
        for (int row = 0; row < names.size(); row++) {
            String name = names.get(row);
            for (int i = 0; i < texts.size(); i++) {
                problem.y[i] = labels.get(i).contains(name) ? 1 : 0;
            }
            Model model = solve(problem);
            if (model.getLabels().length < 2) {
                throw new IllegalArgumentException("all texts have the label '" + name + "'");
            }
            // Weights speak for the label that liblinear met first.
            float sign = model.getLabels()[0] == 1 ? 1 : -1;
            double[] found = model.getFeatureWeights();
            for (int feature = 0; feature < features; feature++) {
                weights[row][feature] = sign * (float) found[feature];
            }
            biases[row] = sign * (float) found[features];
        }
        return LinearModel.of(names, biases, weights, keep);
    }

    private Model solve(Problem problem) {
        Parameter parameter = new Parameter(solver, cost, tolerance, MAX_ITERATIONS, 0.1);
        parameter.setRandom(new Random(seed));
        Linear.disableDebugOutput();
        return Linear.train(problem, parameter);
    }

    private static Problem problem(List<SparseVector> texts, int features) {
        Problem problem = new Problem();
        problem.l = texts.size();
        problem.n = features + 1;
        problem.bias = 1;
        problem.y = new double[texts.size()];
        problem.x = new Feature[texts.size()][];
        for (int i = 0; i < texts.size(); i++) {
            SparseVector text = texts.get(i);
            Feature[] nodes = new Feature[text.size() + 1];
            for (int k = 0; k < text.size(); k++) {
                nodes[k] = new FeatureNode(text.indices()[k] + 1, text.values()[k]);
            }
            nodes[text.size()] = new FeatureNode(features + 1, 1);
            problem.x[i] = nodes;
        }
        return problem;
    }

    private LinearModel rows(Model model, List<String> names, int features) {
        float[][] weights = new float[names.size()][features];
        float[] biases = new float[names.size()];
        double[] all = model.getFeatureWeights();
        int[] order = model.getLabels();
        // With two labels most solvers keep one row, for the first against the second.
        int stored = all.length / (features + 1);
        for (int k = 0; k < order.length; k++) {
            int column = stored == 1 ? 0 : k;
            float sign = stored == 1 && k == 1 ? -1 : 1;
            for (int feature = 0; feature < features; feature++) {
                weights[order[k]][feature] = sign * (float) all[feature * stored + column];
            }
            biases[order[k]] = sign * (float) all[features * stored + column];
        }
        return LinearModel.of(names, biases, weights, keep);
    }
}
