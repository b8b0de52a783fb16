package dev.pinfactory.router.models;

import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.SetChoice.Chosen;
import dev.pinfactory.router.models.Situations.Made;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits heads to labelled requests: kernel ridge regression with its exact leave-one-out predictions, stacked with the scores of the router that is fitted, a
 * model of the number of tools, and a choice among sets.
 */
final class FitTrainer {
    private static final int FOLDS = 3;
    /** Penalty of the linear part for one example; a few examples would otherwise be told apart by chance features. */
    private static final double PENALTY = 1;

    private static final double LEAST_PENALTY = 0.001;

    /** Below it chance looks like a gain: heads that were fitted to 10 examples, and much better on those, chose worse on others. */
    private static final int FEWEST = 20;

    /**
     * Where no more than this share of the cards is in no example, those are taken for new ones: the examples that need them may be missing, and a few cards
     * that are chosen by their scores do little harm. Where it is more, the examples say how seldom such a card is needed.
     */
    private static final double FEW = 0.34;

    private final List<FitExample> examples;
    private final Consumer<String> progress;
    private final Random random;
    private final List<String> tools;
    private final Set<String> passedOver;

    FitTrainer(List<FitExample> examples, long seed, Consumer<String> progress) {
        this.progress = progress;
        this.random = new Random(seed);
        Set<String> ids = new TreeSet<>();
        examples.forEach(example -> ids.addAll(example.tools()));
        this.tools = List.copyOf(ids);
        Set<String> unused = new TreeSet<>();
        examples.getFirst()
                .grounding()
                .scores()
                .forEach(score -> unused.add(score.contract().getId()));
        double all = unused.size();
        unused.removeAll(ids);
        if (unused.size() > FEW * all) {
            this.passedOver = unused;
            this.examples = List.copyOf(examples);
        } else {
            this.passedOver = Set.of();
            this.examples =
                    examples.stream().map(example -> example.without(unused)).toList();
        }
    }

    /**
     * What came of the fitting.
     *
     * @param gain by how much the mean of F1 and exact sets is better out of fold than without examples, 0..1
     * @param error standard error of that
     */
    record Fitted(FittedHeads heads, double gain, double error) {
        /** The examples are enough to do better than without them: the gain is above what chance gives in 19 of 20 cases. */
        boolean isBetter() {
            // Student's t, one side, within 0.03.
            return heads.index().size() >= FEWEST
                    && gain > (1.645 + 1.5 / Math.max(1, heads.index().size() - 1)) * error;
        }
    }

    Fitted fit() {
        Made made = new Situations(examples, tools, passedOver, random).make();
        progress.accept("heads for " + tools.size() + " tools from " + examples.size() + " examples");
        List<Situation> situations = made.all();
        double[][] probabilities = outOfFold(situations);
        progress.accept("stack, out of fold");
        float[][] countRows = new float[situations.size()][];
        for (int i = 0; i < countRows.length; i++) {
            Situation situation = situations.get(i);
            countRows[i] = FittedHeads.countRow(
                    situation.example().read(), situation.candidates(), probabilities[i], situation.view());
        }
        double[][] counts = outOfFoldCounts(situations, countRows);
        SetChoice choice = choice(situations, probabilities, counts);
        List<KernelRidge> ridges = made.ridges();
        int[] all = IntStream.range(0, situations.size()).toArray();
        FittedHeads heads = new FittedHeads(
                tools,
                passedOver,
                made.index(),
                made.use(),
                ridges.get(0).coefficients(),
                ridges.get(1).coefficients(),
                ridges.get(2).coefficients(),
                ridges.get(3).coefficients(),
                stack(situations),
                counts(situations, countRows, all),
                choice,
                confidence(situations, probabilities, counts, choice),
                Optional.empty());
        double[] gains = IntStream.range(0, examples.size())
                .mapToDouble(i -> quality(situations.get(i), choice, probabilities[i], counts[i])
                        - before(situations.get(i).example()))
                .toArray();
        return fitted(heads, gains);
    }

    private static Fitted fitted(FittedHeads heads, double[] gains) {
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares =
                Arrays.stream(gains).map(gain -> (gain - mean) * (gain - mean)).sum();
        int n = gains.length;
        return new Fitted(heads, mean, Math.sqrt(squares / Math.max(1, n - 1) / n));
    }

    private static double before(FitExample example) {
        Set<String> ids = Selection.from(example.grounding(), example.read().clauses()).chosen().stream()
                .map(CardScore::contract)
                .map(contract -> contract.getId())
                .collect(Collectors.toSet());
        return Situation.quality(ids, example.tools());
    }

    /** No fold knows an example of another in any of its situations. */
    private static int fold(Situation situation) {
        return situation.number() % FOLDS;
    }

    private static int[] inFold(List<Situation> situations, int fold, boolean in) {
        return IntStream.range(0, situations.size())
                .filter(i -> fold(situations.get(i)) == fold == in)
                .toArray();
    }

    private double[][] outOfFold(List<Situation> situations) {
        double[][] probabilities = new double[situations.size()][];
        for (int fold = 0; fold < FOLDS; fold++) {
            Reranker stack = stack(Arrays.stream(inFold(situations, fold, false))
                    .mapToObj(situations::get)
                    .toList());
            for (int i : inFold(situations, fold, true)) {
                probabilities[i] = situations.get(i).candidates().stream()
                        .mapToDouble(candidate -> stack.probability(candidate.row()))
                        .toArray();
            }
        }
        return probabilities;
    }

    private static Reranker stack(List<Situation> situations) {
        float[][] rows = situations.stream()
                .flatMap(situation -> situation.candidates().stream())
                .map(Candidate::row)
                .toArray(float[][]::new);
        double[] labels = situations.stream()
                .flatMapToDouble(situation -> Arrays.stream(situation.labels()))
                .toArray();
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        int trees = Math.clamp(situations.size() / 4, 60, 250);
        return new Reranker(
                LogisticTrainer.fit(rows, labels, weights, Math.max(LEAST_PENALTY, PENALTY / situations.size())),
                new BoostingTrainer(trees, 12, 0.08).fit(rows, labels, weights));
    }

    private static CountModel counts(List<Situation> situations, float[][] rows, int[] training) {
        return CountModel.fit(
                Arrays.stream(training).mapToObj(i -> rows[i]).toArray(float[][]::new),
                Arrays.stream(training)
                        .map(i -> situations.get(i).example().tools().size())
                        .toArray(),
                Math.clamp(training.length / 10, 10, 80));
    }

    private static double[][] outOfFoldCounts(List<Situation> situations, float[][] rows) {
        double[][] counts = new double[situations.size()][];
        for (int fold = 0; fold < FOLDS; fold++) {
            CountModel model = counts(situations, rows, inFold(situations, fold, false));
            for (int i : inFold(situations, fold, true)) {
                counts[i] = model.probabilities(rows[i]);
            }
        }
        return counts;
    }

    /** How sure a choice is, learned from choices on requests that neither stack nor count model saw. */
    private static PlanConfidence confidence(
            List<Situation> situations, double[][] probabilities, double[][] counts, SetChoice choice) {
        int n = situations.size();
        float[][] rows = new float[n][];
        double[] labels = new double[n];
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        for (int i = 0; i < n; i++) {
            Situation situation = situations.get(i);
            Chosen chosen = chosen(situation, choice, probabilities[i], counts[i]);
            Selection selection = FittedHeads.selection(situation.candidates(), probabilities[i], chosen);
            rows[i] = PlanConfidence.features(
                    PlanEvidence.of(selection, situation.example().read().clauses()));
            labels[i] = situation.ids(chosen).equals(situation.example().tools()) ? 1 : 0;
        }
        return new PlanConfidence(LogisticTrainer.fit(rows, labels, weights, 0.005));
    }

    /** The weights that are best for the mean of F1 and exact sets, on requests that neither stack nor count model saw. */
    private SetChoice choice(List<Situation> situations, double[][] probabilities, double[][] counts) {
        int n = situations.size();
        SetChoice best = new SetChoice(0.5, 0.1);
        double bestScore = -1;
        for (double countWeight : new double[] {0, 0.25, 0.5, 0.75, 1, 1.5}) {
            for (double companyWeight : new double[] {0, 0.1, 0.2, 0.4}) {
                SetChoice choice = new SetChoice(countWeight, companyWeight);
                double score = IntStream.range(0, n)
                        .parallel()
                        .mapToDouble(i -> quality(situations.get(i), choice, probabilities[i], counts[i]))
                        .sum();
                if (score > bestScore + 1e-9) {
                    bestScore = score;
                    best = choice;
                }
            }
        }
        progress.accept(String.format(Locale.ROOT, "out of fold (F1 + exact) / 2: %.1f", 100 * bestScore / n));
        return best;
    }

    private static double quality(Situation situation, SetChoice choice, double[] probabilities, double[] counts) {
        return Situation.quality(
                situation.ids(chosen(situation, choice, probabilities, counts)),
                situation.example().tools());
    }

    private static Chosen chosen(Situation situation, SetChoice choice, double[] probabilities, double[] counts) {
        return choice.choose(
                FittedHeads.items(situation.candidates(), probabilities),
                counts,
                situation.use(),
                situation.view().without());
    }
}
