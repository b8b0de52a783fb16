package dev.pinfactory.specialists.training.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Above which distances there is an alarm, found by trying: the reference is halved many times, one half is the reference of a stream that is drawn from the other,
 * and of the largest distances in these streams the threshold is above as many as there may be false alarms. What the two halves do not share, such as words that
 * were seen once, is in it; what a larger reference would know better makes it a little too high, not too low.
 */
final class Thresholds {
    private static final int STREAMS = 600;
    private static final int EVENTS_OF_A_STREAM = 2_000;
    /** The streams are few, and the estimate is not exact. */
    private static final double CAUTION = 0.5;

    private Thresholds() {}

    /** One for each distance of a window, in their order. */
    static double[] of(List<Observation> reference, MonitorSettings settings, long seed) {
        Random random = new Random(seed);
        List<Observation> shuffled = new ArrayList<>(reference);
        double[][] largest = new double[0][];
        for (int stream = 0; stream < STREAMS; stream++) {
            Collections.shuffle(shuffled, random);
            List<Observation> usual = shuffled.subList(0, shuffled.size() / 2);
            List<Observation> rest = shuffled.subList(shuffled.size() / 2, shuffled.size());
            double[] found = largest(new Window(usual, settings.window()), rest, settings.stride(), random);
            if (stream == 0) {
                largest = new double[found.length][STREAMS];
            }
            for (int i = 0; i < found.length; i++) {
                largest[i][stream] = found[i];
            }
        }
        double share = CAUTION * settings.falseAlarms() * EVENTS_OF_A_STREAM / largest.length;
        return Arrays.stream(largest)
                .mapToDouble(values -> quantile(values, 1 - Math.min(0.5, share)))
                .toArray();
    }

    private static double[] largest(Window window, List<Observation> from, int stride, Random random) {
        List<Distance> distances = window.distances();
        double[] largest = new double[distances.size()];
        int fill = 0;
        while (!window.full()) {
            window.add(from.get(random.nextInt(from.size())));
        }
        while (fill < EVENTS_OF_A_STREAM) {
            for (int i = 0; i < stride; i++) {
                window.add(from.get(random.nextInt(from.size())));
            }
            fill += stride;
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], distances.get(i).measure().value());
            }
        }
        return largest;
    }

    /** Between the two nearest, in a line. */
    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
