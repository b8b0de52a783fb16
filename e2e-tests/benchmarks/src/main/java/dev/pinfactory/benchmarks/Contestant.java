package dev.pinfactory.benchmarks;

/** One way to run a graph. */
interface Contestant {
    /** Runs the graph once and waits for the last step's text. */
    String run();
}
