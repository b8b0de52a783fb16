package dev.pinfactory.faults.bar;

import java.util.List;
import java.util.Map;

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
     * @param parts the tries by what they were spent on, for a bar that has parts
     */
    record Outcome(long tries, List<String> failures, String remark, Map<String, Long> parts) {
        public Outcome {
            failures = List.copyOf(failures);
            parts = Map.copyOf(parts);
        }

        /** Of a bar without parts. */
        public Outcome(long tries, List<String> failures, String remark) {
            this(tries, failures, remark, Map.of());
        }
    }
}
