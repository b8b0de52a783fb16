package dev.pinfactory.router.models;

import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.Judge.Judged;
import dev.pinfactory.router.models.SetChoice.Chosen;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Trains a judge on situations; each part learns from what those below it say of examples that they were not trained on. */
final class JudgeTrainer {
    private static final int FOLDS = 3;
    /** Penalty of the linear part for one example; a few examples would otherwise be told apart by chance features. */
    private static final double PENALTY = 1;

    private static final double LEAST_PENALTY = 0.001;

    private final List<Situation> situations;
    private final double[][] probabilities;
    private final double[][] counts;

    /**
     * What came of it.
     *
     * @param outOfFold for each situation what a judge says that does not know its example
     */
    record Trained(Judge judge, List<Judged> outOfFold) {}

    private JudgeTrainer(List<Situation> situations) {
        this.situations = situations;
        this.probabilities = new double[situations.size()][];
        this.counts = new double[situations.size()][];
    }

    /** @param weighed the situations that the weights of the choice among sets are the best for */
    static Trained train(List<Situation> situations, Predicate<Situation> weighed) {
        return new JudgeTrainer(situations).train(weighed);
    }

    private Trained train(Predicate<Situation> weighed) {
        for (int fold = 0; fold < FOLDS; fold++) {
            Reranker stack = stack(inFold(fold, false));
            for (int i : inFold(fold, true)) {
                probabilities[i] = situations.get(i).candidates().stream()
                        .mapToDouble(candidate -> stack.probability(candidate.row()))
                        .toArray();
            }
        }
        float[][] rows = new float[situations.size()][];
        for (int i = 0; i < rows.length; i++) {
            Situation situation = situations.get(i);
            rows[i] = Judge.countRow(
                    situation.example().read(), situation.candidates(), probabilities[i], situation.view());
        }
        for (int fold = 0; fold < FOLDS; fold++) {
            CountModel model = counts(rows, inFold(fold, false));
            for (int i : inFold(fold, true)) {
                counts[i] = model.probabilities(rows[i]);
            }
        }
        int[] all = IntStream.range(0, situations.size()).toArray();
        SetChoice choice = choice(
                Arrays.stream(all).filter(i -> weighed.test(situations.get(i))).toArray());
        List<Judged> outOfFold = Arrays.stream(all)
                .mapToObj(i -> new Judged(probabilities[i], chosen(i, choice)))
                .toList();
        return new Trained(new Judge(stack(all), counts(rows, all), choice), outOfFold);
    }

    /** All situations of an example are in one fold. */
    private int[] inFold(int fold, boolean in) {
        return IntStream.range(0, situations.size())
                .filter(i -> situations.get(i).number() % FOLDS == fold == in)
                .toArray();
    }

    private Reranker stack(int[] training) {
        List<Situation> some = Arrays.stream(training).mapToObj(situations::get).toList();
        float[][] rows = some.stream()
                .flatMap(situation -> situation.candidates().stream())
                .map(Candidate::row)
                .toArray(float[][]::new);
        double[] labels = some.stream()
                .flatMapToDouble(situation -> Arrays.stream(situation.labels()))
                .toArray();
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        int trees = Math.clamp(training.length / 4, 60, 250);
        return new Reranker(
                LogisticTrainer.fit(rows, labels, weights, Math.max(LEAST_PENALTY, PENALTY / training.length)),
                new BoostingTrainer(trees, 12, 0.08).fit(rows, labels, weights));
    }

    private CountModel counts(float[][] rows, int[] training) {
        return CountModel.fit(
                Arrays.stream(training).mapToObj(i -> rows[i]).toArray(float[][]::new),
                Arrays.stream(training)
                        .map(i -> situations.get(i).example().tools().size())
                        .toArray(),
                Math.clamp(training.length / 10, 10, 80));
    }

    /** The weights that are best for the mean of F1 and exact sets, on requests that neither stack nor count model saw. */
    private SetChoice choice(int[] weighed) {
        SetChoice best = new SetChoice(0.5, 0.1);
        double bestScore = -1;
        for (double countWeight : new double[] {0, 0.25, 0.5, 0.75, 1, 1.5}) {
            for (double companyWeight : new double[] {0, 0.1, 0.2, 0.4}) {
                SetChoice choice = new SetChoice(countWeight, companyWeight);
                double score = Arrays.stream(weighed)
                        .parallel()
                        .mapToDouble(i -> situations.get(i).quality(chosen(i, choice)))
                        .sum();
                if (score > bestScore + 1e-9) {
                    bestScore = score;
                    best = choice;
                }
            }
        }
        return best;
    }

    private Chosen chosen(int i, SetChoice choice) {
        Situation situation = situations.get(i);
        return choice.choose(
                Judge.items(situation.candidates(), probabilities[i]),
                counts[i],
                situation.use(),
                situation.view().without());
    }
}
