package dev.pinfactory.router.models;

import dev.pinfactory.router.models.ExampleIndex.Similarities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes of the examples what the parts above the ridges learn from: each example as it looks without itself, and some of them as they look to a router that
 * has never had an example of some tools, because cards that are registered after the fitting look like that. For the latter all examples that use any tool
 * of a group are left out of ridges, neighbours and counts, not only out of sight. Where cards were passed over, every other group is made one of those:
 * examples are seldom a fair sample of what will be asked.
 */
final class Situations {
    private static final double RIDGE = 0.1;
    /** Shares of the tools that are left out together, in turn until every tool was in one group. */
    private static final double[] SHARES = {0.03, 0.06, 0.12, 0.2};
    /** Requests that need an unknown tool, for each example. */
    private static final double NEEDING = 0.3;
    /** Requests that meet unknown tools and do not need them, for each example. */
    private static final double NOT_NEEDING = 1.2;

    private final List<FitExample> examples;
    private final List<String> tools;
    private final Set<String> passedOver;
    private final Map<String, Integer> places = new HashMap<>();
    private final Random random;

    /**
     * @param tools that the examples use, in order
     * @param passedOver cards that they do not use
     */
    Situations(List<FitExample> examples, List<String> tools, Set<String> passedOver, Random random) {
        this.examples = examples;
        this.tools = tools;
        this.passedOver = passedOver;
        this.random = random;
        tools.forEach(tool -> places.put(tool, places.size()));
    }

    /**
     * What came of it.
     *
     * @param ridges over words, spelling, meaning and the sum of the three
     * @param known every example without itself, in order
     * @param unknown some of them where tools are unknown
     */
    record Made(
            ExampleIndex index, List<KernelRidge> ridges, ToolUse use, List<Situation> known, List<Situation> unknown) {
        List<Situation> all() {
            List<Situation> all = new ArrayList<>(known);
            all.addAll(unknown);
            return all;
        }
    }

    Made make() {
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
        List<float[][]> kernels = List.of(
                Arrays.stream(similar).map(Similarities::words).toArray(float[][]::new),
                Arrays.stream(similar).map(Similarities::characters).toArray(float[][]::new),
                Arrays.stream(similar).map(Similarities::meaning).toArray(float[][]::new),
                sums);
        List<Set<String>> groups = groups();
        List<int[]> leftOut = groups.stream().map(this::using).toList();
        float[][] targets = targets();
        List<KernelRidge> ridges = kernels.parallelStream()
                .map(kernel -> KernelRidge.fit(kernel, targets, RIDGE, leftOut))
                .toList();
        List<int[]> sets = examples.stream().map(this::set).toList();
        ToolUse use = new ToolUse(sets, tools.size());
        KnownTools all = new KnownTools(places, passedOver);
        List<Situation> known = IntStream.range(0, n)
                .mapToObj(i -> situation(i, view(i, ridges, sums[i], use), use, all))
                .toList();
        List<Situation> unknown = new ArrayList<>();
        double left = leftOut.stream().mapToInt(group -> group.length).sum();
        for (int group = 0; group < groups.size(); group++) {
            unknown.addAll(without(
                    groups.get(group),
                    group,
                    leftOut.get(group),
                    ridges,
                    sums,
                    sets,
                    known,
                    NEEDING * n / left,
                    NOT_NEEDING * n / Math.max(1, (double) n * groups.size() - left)));
        }
        return new Made(index, ridges, use, known, List.copyOf(unknown));
    }

    private List<Situation> without(
            Set<String> group,
            int number,
            int[] leftOut,
            List<KernelRidge> ridges,
            float[][] sums,
            List<int[]> sets,
            List<Situation> known,
            double needing,
            double notNeeding) {
        Map<String, Integer> others = new HashMap<>(places);
        others.keySet().removeAll(group);
        Set<String> unused = new HashSet<>(passedOver);
        if (!passedOver.isEmpty() && number % 2 == 1) {
            unused.addAll(group);
        }
        KnownTools rest = new KnownTools(others, unused);
        List<int[]> left = new ArrayList<>(sets);
        boolean[] out = new boolean[sets.size()];
        for (int i : leftOut) {
            left.set(i, new int[0]);
            out[i] = true;
        }
        ToolUse use = new ToolUse(left, tools.size());
        List<Situation> situations = new ArrayList<>();
        for (int member = 0; member < leftOut.length; member++) {
            if (random.nextDouble() < needing) {
                int i = leftOut[member];
                float[] similarities = sums[i].clone();
                for (int other : leftOut) {
                    similarities[other] = 0;
                }
                int at = member;
                List<float[]> scores = ridges.stream()
                        .map(ridge -> ridge.leaveGroupOut().get(number)[at])
                        .toList();
                situations.add(situation(i, view(scores, similarities, use, -1), use, rest));
            }
        }
        for (int i = 0; i < out.length; i++) {
            if (!out[i] && random.nextDouble() < notNeeding) {
                // What the left out examples say of the other tools is small beside what the rest says, so that the
                // view with them stands for the one without.
                situations.add(situation(i, known.get(i).view(), use, rest));
            }
        }
        return situations;
    }

    private Situation situation(int i, ExampleView view, ToolUse use, KnownTools known) {
        return Situation.of(i, examples.get(i), view, use, known);
    }

    private ExampleView view(int i, List<KernelRidge> ridges, float[] similarities, ToolUse use) {
        return view(ridges.stream().map(ridge -> ridge.leaveOneOut()[i]).toList(), similarities, use, i);
    }

    private ExampleView view(List<float[]> scores, float[] similarities, ToolUse use, int without) {
        return ExampleView.of(
                scores.get(0), scores.get(1), scores.get(2), scores.get(3), similarities, use, tools.size(), without);
    }

    private List<Set<String>> groups() {
        List<String> shuffled = new ArrayList<>(tools);
        Collections.shuffle(shuffled, random);
        List<Set<String>> groups = new ArrayList<>();
        int from = 0;
        while (from < shuffled.size() && tools.size() > 1) {
            int size = Math.max(1, (int) Math.round(SHARES[groups.size() % SHARES.length] * tools.size()));
            int to = Math.min(shuffled.size(), from + size);
            groups.add(Set.copyOf(shuffled.subList(from, to)));
            from = to;
        }
        return groups;
    }

    private int[] using(Set<String> group) {
        return IntStream.range(0, examples.size())
                .filter(i -> !Collections.disjoint(examples.get(i).tools(), group))
                .toArray();
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
}
