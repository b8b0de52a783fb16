package dev.pinfactory.specialists.clauses;

import dev.pinfactory.specialists.learning.ModelInput;
import dev.pinfactory.specialists.learning.ModelOutput;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * From the decision value of each kind to its probability, and from which probability on it is said.
 *
 * @param kinds in the order of the decision values
 * @param scalings one for each kind
 * @param floors one for each kind, where its F1 was best
 */
record UnfairKinds(List<String> kinds, List<PlattScaling> scalings, List<Double> floors) {
    /** Decision values are about one quarter of log-odds. */
    private static final double STRETCH = 4;

    private static final double LOWEST = 0.15;
    private static final double HIGHEST = 0.65;
    private static final double STEP = 0.05;

    UnfairKinds {
        kinds = List.copyOf(kinds);
        scalings = List.copyOf(scalings);
        floors = List.copyOf(floors);
    }

    /**
     * @param scores decision values of each clause, from a model that has not seen it
     * @param truth the kinds of each clause
     */
    static UnfairKinds fit(List<String> kinds, List<double[]> scores, List<Set<String>> truth) {
        List<PlattScaling> scalings = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            double[] said = new double[scores.size()];
            boolean[] right = new boolean[said.length];
            for (int i = 0; i < said.length; i++) {
                said[i] = squashed(scores.get(i)[kind]);
                right[i] = truth.get(i).contains(kinds.get(kind));
            }
            PlattScaling scaling = PlattScaling.fit(said, right);
            scalings.add(scaling);
            floors.add(bestFloor(scaling, said, right));
        }
        return new UnfairKinds(kinds, scalings, floors);
    }

    private static double bestFloor(PlattScaling scaling, double[] said, boolean[] right) {
        double best = 0.5;
        double bestF1 = -1;
        for (double floor = LOWEST; floor <= HIGHEST; floor += STEP) {
            int found = 0;
            int saidOrThere = 0;
            for (int i = 0; i < said.length; i++) {
                boolean says = scaling.of(said[i]) >= floor;
                found += says && right[i] ? 1 : 0;
                saidOrThere += (says ? 1 : 0) + (right[i] ? 1 : 0);
            }
            double f1 = saidOrThere == 0 ? 0 : 2.0 * found / saidOrThere;
            if (f1 > bestF1) {
                bestF1 = f1;
                best = floor;
            }
        }
        return best;
    }

    /** The probability of each kind. */
    double[] probabilities(double[] scores) {
        double[] probabilities = new double[scores.length];
        for (int kind = 0; kind < scores.length; kind++) {
            probabilities[kind] = scalings.get(kind).of(squashed(scores[kind]));
        }
        return probabilities;
    }

    private static double squashed(double score) {
        return 1 / (1 + StrictMath.exp(-STRETCH * score));
    }

    void write(ModelOutput out) throws IOException {
        out.words(kinds);
        for (int kind = 0; kind < kinds.size(); kind++) {
            scalings.get(kind).write(out);
            out.number(floors.get(kind));
        }
    }

    static UnfairKinds read(ModelInput in) throws IOException {
        List<String> kinds = in.words(100);
        List<PlattScaling> scalings = new ArrayList<>();
        List<Double> floors = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            scalings.add(PlattScaling.read(in));
            floors.add(in.number());
        }
        return new UnfairKinds(kinds, scalings, floors);
    }
}
