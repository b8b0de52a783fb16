package dev.pinfactory.specialists.training.drift;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The population stability index, the symmetric Kullback-Leibler divergence of the shares of bins, with half a call added to each bin (Siddiqi, "Credit Risk
 * Scorecards", 2006).
 */
final class PopulationStability implements Distance {
    /** Of the reference's confidence: finer where doubt is, since what nobody taught shows there first. */
    private static final double[] QUANTILES = {0.01, 0.03, 0.06, 0.1, 0.2, 0.4, 0.7};

    private static final double ADDED = 0.5;

    private final Alarm.Monitor monitor;
    private final String field;
    private final ToIntFunction<Observation> bin;
    private final double[] usual;
    private final int[] counts;
    private int size;

    private PopulationStability(
            Alarm.Monitor monitor,
            String field,
            int bins,
            ToIntFunction<Observation> bin,
            List<Observation> reference) {
        this.monitor = monitor;
        this.field = field;
        this.bin = bin;
        this.counts = new int[bins];
        int[] seen = new int[bins];
        reference.forEach(observation -> seen[bin.applyAsInt(observation)]++);
        this.usual = Arrays.stream(seen)
                .mapToDouble(count -> (count + ADDED) / (reference.size() + ADDED * bins))
                .toArray();
    }

    /** Labels that the reference does not have share a bin. */
    static PopulationStability ofLabels(List<Observation> reference) {
        TreeSet<String> labels = new TreeSet<>();
        reference.forEach(observation -> labels.add(observation.label()));
        Map<String, Integer> bins = new HashMap<>();
        labels.forEach(label -> bins.put(label, bins.size()));
        int others = bins.size();
        return new PopulationStability(
                Alarm.Monitor.LABELS,
                "label",
                others + 1,
                observation -> bins.getOrDefault(observation.label(), others),
                reference);
    }

    /** Bins between quantiles of the reference. */
    static PopulationStability ofConfidence(List<Observation> reference) {
        double[] sorted =
                reference.stream().mapToDouble(Observation::confidence).sorted().toArray();
        double[] cuts = Arrays.stream(QUANTILES)
                .map(quantile -> sorted[(int) (quantile * sorted.length)])
                .distinct()
                .toArray();
        return new PopulationStability(
                Alarm.Monitor.CONFIDENCE,
                "confidence",
                cuts.length + 1,
                observation -> bin(cuts, observation.confidence()),
                reference);
    }

    private static int bin(double[] cuts, double value) {
        int found = Arrays.binarySearch(cuts, value);
        return found >= 0 ? found + 1 : -found - 1;
    }

    @Override
    public Alarm.Monitor monitor() {
        return monitor;
    }

    @Override
    public void enter(Observation observation) {
        counts[bin.applyAsInt(observation)]++;
        size++;
    }

    @Override
    public void leave(Observation observation) {
        counts[bin.applyAsInt(observation)]--;
        size--;
    }

    @Override
    public Measured measure() {
        double index = 0;
        for (int i = 0; i < counts.length; i++) {
            double share = (counts[i] + ADDED) / (size + ADDED * counts.length);
            index += (share - usual[i]) * Math.log(share / usual[i]);
        }
        return new Measured(field, index);
    }
}
