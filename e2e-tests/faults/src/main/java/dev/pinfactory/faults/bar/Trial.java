package dev.pinfactory.faults.bar;

import java.util.List;

/** Rounds of one bar, on processes that they share. */
public interface Trial extends AutoCloseable {
    /**
     * One round.
     *
     * @param seed of everything that is random in it
     */
    Outcome round(long seed) throws Exception;

    /** Ends everything that was started. */
    @Override
    void close() throws Exception;

    /**
     * What a round came to.
     *
     * @param tries how often the promise was put to the test
     * @param failures how it was broken, each in a line
     * @param remark what else was measured
     */
    record Outcome(long tries, List<String> failures, String remark) {
        public Outcome {
            failures = List.copyOf(failures);
        }
    }
}
