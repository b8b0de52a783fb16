package dev.pinfactory.router.models;

import dev.pinfactory.router.models.Judge.Judged;
import dev.pinfactory.router.models.JudgeTrainer.Trained;
import dev.pinfactory.router.models.Situations.Made;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        examples.forEach(example -> example.grounding()
                .scores()
                .forEach(score -> unused.add(score.contract().getId())));
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
        List<Situation> settled = made.all().stream()
                .filter(situation -> !situation.meetsNewCards())
                .toList();
        List<Situation> open =
                made.all().stream().filter(Situation::meetsNewCards).toList();
        Trained closed = JudgeTrainer.train(settled, situation -> true);
        progress.accept("a judge of what the examples know");
        Trained wide = open.isEmpty() ? closed : JudgeTrainer.train(made.all(), Situation::meetsNewCards);
        progress.accept("a judge of new cards");
        List<Judged> results = new ArrayList<>();
        int inSettled = 0;
        for (int i = 0; i < made.all().size(); i++) {
            results.add(
                    made.all().get(i).meetsNewCards()
                            ? wide.outOfFold().get(i)
                            : closed.outOfFold().get(inSettled++));
        }
        List<KernelRidge> ridges = made.ridges();
        FittedHeads heads = new FittedHeads(
                tools,
                passedOver,
                made.index(),
                made.use(),
                ridges.get(0).coefficients(),
                ridges.get(1).coefficients(),
                ridges.get(2).coefficients(),
                ridges.get(3).coefficients(),
                closed.judge(),
                wide.judge(),
                confidence(made.all(), results),
                Optional.empty());
        // The first ones are the examples as they are.
        double[] gains = IntStream.range(0, examples.size())
                .mapToDouble(i -> made.known().get(i).quality(results.get(i).chosen()) - before(examples.get(i)))
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

    /** How sure a choice is, learned from choices on requests that neither stack nor count model saw. */
    private static PlanConfidence confidence(List<Situation> situations, List<Judged> judged) {
        int n = situations.size();
        float[][] rows = new float[n][];
        double[] labels = new double[n];
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        for (int i = 0; i < n; i++) {
            Situation situation = situations.get(i);
            Selection selection = FittedHeads.selection(situation.candidates(), judged.get(i));
            rows[i] = PlanConfidence.features(
                    PlanEvidence.of(selection, situation.example().read().clauses()));
            labels[i] = situation
                            .ids(judged.get(i).chosen())
                            .equals(situation.example().tools())
                    ? 1
                    : 0;
        }
        return new PlanConfidence(LogisticTrainer.fit(rows, labels, weights, 0.005));
    }
}
