package dev.pinfactory.router.models;

import dev.pinfactory.router.models.FittedFeatures.Candidate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many tools a request needs: 1 to {@link #MOST}, by one small boosted model for each number. */
record CountModel(List<BoostedTrees> models) {
    static final int MOST = 6;
    private static final int PROBABILITIES = 8;

    CountModel {
        models = List.copyOf(models);
    }

    /**
     * What it sees.
     *
     * @param probabilities of the candidates
     * @param candidates which of them are new
     * @param clauses that ask for something
     * @param words of the request
     */
    static float[] features(
            double[] probabilities, List<Candidate> candidates, int clauses, int words, ExampleView view) {
        double[] sorted = probabilities.clone();
        Arrays.sort(sorted);
        float[] row = new float[PROBABILITIES + 8];
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = sorted[sorted.length - 1 - i];
            sum += p;
            if (i < PROBABILITIES) {
                row[i] = (float) p;
            }
        }
        row[PROBABILITIES] = (float) sum;
        row[PROBABILITIES + 1] = clauses;
        row[PROBABILITIES + 2] = (float) Math.log(1 + words);
        row[PROBABILITIES + 3] = (float) view.toolsNearby();
        row[PROBABILITIES + 4] = (float) view.nearest();
        for (int i = 0; i < probabilities.length; i++) {
            if (candidates.get(i).isNew()) {
                row[PROBABILITIES + 5] = Math.max(row[PROBABILITIES + 5], (float) probabilities[i]);
                row[PROBABILITIES + 6] += (float) probabilities[i];
                row[PROBABILITIES + 7]++;
            }
        }
        return row;
    }

    static CountModel fit(float[][] rows, int[] counts, int trees) {
        List<BoostedTrees> models = new ArrayList<>();
        double[] weights = new double[rows.length];
        Arrays.fill(weights, 1);
        for (int count = 1; count <= MOST; count++) {
            int wanted = count;
            double[] labels = Arrays.stream(counts)
                    .mapToDouble(each -> Math.min(each, MOST) == wanted ? 1 : 0)
                    .toArray();
            // A number that never occurs keeps a small chance.
            boolean occurs = Arrays.stream(labels).sum() >= 3;
            models.add(
                    occurs
                            ? new BoostingTrainer(trees, 6, 0.08).fit(rows, labels, weights)
                            : new BoostedTrees(-5, List.of()));
        }
        return new CountModel(models);
    }

    /** Probabilities of 1 to {@link #MOST}, at index 0 on. */
    double[] probabilities(float[] row) {
        double[] probabilities = new double[MOST];
        double sum = 0;
        for (int i = 0; i < MOST; i++) {
            probabilities[i] = LogisticRegression.sigmoid(models.get(i).logit(row));
            sum += probabilities[i];
        }
        for (int i = 0; i < MOST; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    void write(DataOutputStream out) throws IOException {
        for (BoostedTrees model : models) {
            model.write(out);
        }
    }

    static CountModel read(DataInputStream in) throws IOException {
        List<BoostedTrees> models = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            models.add(BoostedTrees.read(in));
        }
        return new CountModel(models);
    }
}
