package dev.pinfactory.router.models;

import dev.pinfactory.router.models.ExampleIndex.Similarities;
import dev.pinfactory.router.models.FittedFeatures.Candidate;
import dev.pinfactory.router.models.SetChoice.Chosen;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Fits heads to labelled requests: kernel ridge regression with its exact leave-one-out predictions, stacked with the scores of the router that is fitted, a
 * model of the number of tools, and a choice among sets.
 */
final class FitTrainer {
    private static final double RIDGE = 0.1;
    private static final int FOLDS = 3;
    /** Share of examples in which a needed tool is treated as one that no example knows, so that new cards stay usable. */
    private static final double UNSEEN = 0.15;

    private static final double OTHERS_UNSEEN = 0.06;

    private final List<FitExample> examples;
    private final Consumer<String> progress;
    private final Random random;
    private final List<String> tools;
    private final Map<String, Integer> places = new HashMap<>();

    FitTrainer(List<FitExample> examples, long seed, Consumer<String> progress) {
        this.examples = List.copyOf(examples);
        this.progress = progress;
        this.random = new Random(seed);
        Set<String> ids = new TreeSet<>();
        examples.forEach(example -> ids.addAll(example.tools()));
        this.tools = List.copyOf(ids);
        tools.forEach(tool -> places.put(tool, places.size()));
    }

    FittedHeads fit() {
        int n = examples.size();
        ExampleIndex index = new ExampleIndex(
                examples.stream().map(FitExample::text).toList(),
                examples.stream().map(FitExample::vector).toArray(float[][]::new));
        Similarities[] similar = new Similarities[n];
        IntStream.range(0, n)
                .parallel()
                .forEach(i -> similar[i] =
                        index.to(examples.get(i).text(), examples.get(i).vector()));
        float[][] sums = Arrays.stream(similar).map(Similarities::sum).toArray(float[][]::new);
        float[][] targets = targets();
        progress.accept("similarities of " + n + " examples");
        List<float[][]> kernels = List.of(
                Arrays.stream(similar).map(Similarities::words).toArray(float[][]::new),
                Arrays.stream(similar).map(Similarities::characters).toArray(float[][]::new),
                Arrays.stream(similar).map(Similarities::meaning).toArray(float[][]::new),
                sums);
        List<KernelRidge> ridges = kernels.parallelStream()
                .map(kernel -> KernelRidge.fit(kernel, targets, RIDGE))
                .toList();
        progress.accept("heads for " + tools.size() + " tools");
        ToolUse use = new ToolUse(examples.stream().map(this::set).toList(), tools.size());
        ExampleView[] views = new ExampleView[n];
        IntStream.range(0, n)
                .forEach(i -> views[i] = ExampleView.of(
                        ridges.get(0).leaveOneOut()[i],
                        ridges.get(1).leaveOneOut()[i],
                        ridges.get(2).leaveOneOut()[i],
                        ridges.get(3).leaveOneOut()[i],
                        sums[i],
                        use,
                        tools.size(),
                        i));
        List<List<Candidate>> candidates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            FitExample example = examples.get(i);
            candidates.add(FittedFeatures.of(example.read(), example.grounding(), views[i], use, places));
        }
        double[][] outOfFold = outOfFold(candidates, views, use);
        progress.accept("stack, out of fold");
        float[][] countRows = new float[n][];
        for (int i = 0; i < n; i++) {
            countRows[i] = FittedHeads.countRow(examples.get(i).read(), outOfFold[i], views[i]);
        }
        double[][] counts = outOfFoldCounts(countRows);
        SetChoice choice = choice(candidates, outOfFold, counts, use);
        progress.accept("choice of sets");
        return new FittedHeads(
                tools,
                index,
                use,
                ridges.get(0).coefficients(),
                ridges.get(1).coefficients(),
                ridges.get(2).coefficients(),
                ridges.get(3).coefficients(),
                stack(candidates, views, use, IntStream.range(0, n).toArray()),
                counts(countRows, IntStream.range(0, n).toArray()),
                choice,
                confidence(candidates, outOfFold, counts, use, choice));
    }

    private int[] set(FitExample example) {
        return example.tools().stream().mapToInt(places::get).sorted().toArray();
    }

    private float[][] targets() {
        float[][] targets = new float[examples.size()][tools.size()];
        for (int i = 0; i < targets.length; i++) {
            for (int tool : set(examples.get(i))) {
                targets[i][tool] = 1;
            }
        }
        return targets;
    }

    private double[][] outOfFold(List<List<Candidate>> candidates, ExampleView[] views, ToolUse use) {
        double[][] probabilities = new double[examples.size()][];
        int[] fold = folds();
        for (int left = 0; left < FOLDS; left++) {
            int out = left;
            Reranker stack = stack(
                    candidates,
                    views,
                    use,
                    IntStream.range(0, fold.length).filter(i -> fold[i] != out).toArray());
            for (int i = 0; i < fold.length; i++) {
                if (fold[i] == out) {
                    probabilities[i] = candidates.get(i).stream()
                            .mapToDouble(candidate -> stack.probability(candidate.row()))
                            .toArray();
                }
            }
        }
        return probabilities;
    }

    private int[] folds() {
        int[] fold = new int[examples.size()];
        Arrays.setAll(fold, i -> i % FOLDS);
        return fold;
    }

    private Reranker stack(List<List<Candidate>> candidates, ExampleView[] views, ToolUse use, int[] training) {
        List<float[]> rows = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        for (int i : training) {
            FitExample example = examples.get(i);
            add(candidates.get(i), example, rows, labels);
            if (random.nextDouble() < UNSEEN) {
                Map<String, Integer> known = new HashMap<>(places);
                List<String> needed = new ArrayList<>(new TreeSet<>(example.tools()));
                known.remove(needed.get(random.nextInt(needed.size())));
                for (Candidate candidate : candidates.get(i)) {
                    if (random.nextDouble() < OTHERS_UNSEEN) {
                        known.remove(candidate.score().contract().getId());
                    }
                }
                add(
                        FittedFeatures.of(example.read(), example.grounding(), views[i], use, known),
                        example,
                        rows,
                        labels);
            }
        }
        float[][] matrix = rows.toArray(float[][]::new);
        double[] truth = labels.stream().mapToDouble(Double::doubleValue).toArray();
        double[] weights = new double[truth.length];
        Arrays.fill(weights, 1);
        int trees = Math.clamp(training.length / 4, 20, 250);
        return new Reranker(
                LogisticTrainer.fit(matrix, truth, weights, 0.001),
                new BoostingTrainer(trees, 12, 0.08).fit(matrix, truth, weights));
    }

    private static void add(List<Candidate> candidates, FitExample example, List<float[]> rows, List<Double> labels) {
        for (Candidate candidate : candidates) {
            rows.add(candidate.row());
            labels.add(example.tools().contains(candidate.score().contract().getId()) ? 1.0 : 0.0);
        }
    }

    private CountModel counts(float[][] rows, int[] training) {
        return CountModel.fit(
                Arrays.stream(training).mapToObj(i -> rows[i]).toArray(float[][]::new),
                Arrays.stream(training).map(i -> examples.get(i).tools().size()).toArray(),
                Math.clamp(training.length / 10, 10, 80));
    }

    private double[][] outOfFoldCounts(float[][] countRows) {
        int n = examples.size();
        int[] fold = folds();
        double[][] counts = new double[n][];
        for (int left = 0; left < FOLDS; left++) {
            int out = left;
            CountModel model = counts(
                    countRows, IntStream.range(0, n).filter(i -> fold[i] != out).toArray());
            for (int i = 0; i < n; i++) {
                counts[i] = fold[i] == out ? model.probabilities(countRows[i]) : counts[i];
            }
        }
        return counts;
    }

    /** How sure a choice is, learned from choices on requests that neither stack nor count model saw. */
    private PlanConfidence confidence(
            List<List<Candidate>> candidates, double[][] outOfFold, double[][] counts, ToolUse use, SetChoice choice) {
        int n = examples.size();
        float[][] rows = new float[n][];
        double[] labels = new double[n];
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        for (int i = 0; i < n; i++) {
            FitExample example = examples.get(i);
            Chosen chosen = choice.choose(FittedHeads.items(candidates.get(i), outOfFold[i]), counts[i], use, i);
            Selection selection = FittedHeads.selection(candidates.get(i), outOfFold[i], chosen);
            rows[i] = PlanConfidence.features(
                    PlanEvidence.of(selection, example.read().clauses()));
            labels[i] = ids(chosen, candidates.get(i)).equals(example.tools()) ? 1 : 0;
        }
        return new PlanConfidence(LogisticTrainer.fit(rows, labels, weights, 0.005));
    }

    private static Set<String> ids(Chosen chosen, List<Candidate> candidates) {
        Set<String> ids = new HashSet<>();
        chosen.items()
                .forEach(item -> ids.add(candidates.get(item).score().contract().getId()));
        return ids;
    }

    /** The weights that are best for the mean of F1 and exact sets, on requests that neither stack nor count model saw. */
    private SetChoice choice(List<List<Candidate>> candidates, double[][] outOfFold, double[][] counts, ToolUse use) {
        int n = examples.size();
        SetChoice best = new SetChoice(0.5, 0.1);
        double bestScore = -1;
        for (double countWeight : new double[] {0, 0.25, 0.5, 0.75, 1, 1.5}) {
            for (double companyWeight : new double[] {0, 0.1, 0.2, 0.4}) {
                SetChoice choice = new SetChoice(countWeight, companyWeight);
                double score = IntStream.range(0, n)
                        .parallel()
                        .mapToDouble(i -> quality(i, choice, candidates.get(i), outOfFold[i], counts[i], use))
                        .sum();
                if (score > bestScore + 1e-9) {
                    bestScore = score;
                    best = choice;
                }
            }
        }
        progress.accept(
                String.format(java.util.Locale.ROOT, "out of fold (F1 + exact) / 2: %.1f", 100 * bestScore / n));
        return best;
    }

    private double quality(
            int i, SetChoice choice, List<Candidate> candidates, double[] probabilities, double[] counts, ToolUse use) {
        Chosen chosen = choice.choose(FittedHeads.items(candidates, probabilities), counts, use, i);
        Set<String> ids = ids(chosen, candidates);
        Set<String> right = examples.get(i).tools();
        double f1 = 2.0 * ids.stream().filter(right::contains).count() / (ids.size() + right.size());
        return (f1 + (ids.equals(right) ? 1 : 0)) / 2;
    }
}
