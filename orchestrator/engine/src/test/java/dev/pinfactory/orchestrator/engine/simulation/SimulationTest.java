package dev.pinfactory.orchestrator.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random plans × faults on one thread. A failing run prints its seed; {@code -Dsimulation.seed=N -Dsimulation.runs=1} runs it alone.
 * {@code -Dsimulation.runs} makes the search longer.
 */
class SimulationTest {
    private static final long SEED = Long.getLong("simulation.seed", 20_261_121L);
    private static final int RUNS = Integer.getInteger("simulation.runs", 100_000);

    @Test
    void invariantsHoldInEveryRun() {
        System.out.println("simulation: " + RUNS + " runs from seed " + SEED);
        long happened = 0;
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            try {
                happened += new World(seed, Engine.Factory.sound()).run();
            } catch (Broken | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": -Dsimulation.seed=" + seed + " -Dsimulation.runs=1", e);
            }
        }
        System.out.println("simulation: " + happened + " events, every invariant held");
        assertThat(happened).isGreaterThan(RUNS);
    }
}
