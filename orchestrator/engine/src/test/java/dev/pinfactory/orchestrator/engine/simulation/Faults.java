package dev.pinfactory.orchestrator.engine.simulation;

import java.util.SplittableRandom;

/**
 * How often what goes wrong in one run, in thousandths; drawn anew for each, so that runs without any fault and runs with nothing but faults
 * both happen.
 */
record Faults(
        int fail,
        int abstain,
        int lowConfidence,
        int broken,
        int lost,
        int slow,
        int duplicate,
        int lateJournal,
        int crash,
        int cancel,
        int noise) {
    static Faults random(SplittableRandom random) {
        return new Faults(
                rate(random, 300),
                rate(random, 200),
                rate(random, 200),
                rate(random, 50),
                rate(random, 150),
                rate(random, 200),
                rate(random, 200),
                rate(random, 300),
                rate(random, 15),
                rate(random, 8),
                rate(random, 50));
    }

    private static int rate(SplittableRandom random, int highest) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(highest + 1);
    }

    static boolean happens(SplittableRandom random, int thousandths) {
        return random.nextInt(1000) < thousandths;
    }
}
