package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.v1.Condition;
import java.util.List;
import java.util.Optional;

/**
 * A plan as the model wrote it: names and quotes, nothing resolved and nothing believed.
 *
 * @param output where the caller's schema is filled from; empty without a schema
 */
record Sketch(List<Step> steps, List<Delivery> output, List<NotPossible> notPossible) {
    /**
     * @param name the model's own name for it
     * @param deliver its outputs are part of the result
     * @param askedBy words of the instruction; empty where it gave none
     */
    record Step(
            String name,
            String specialist,
            List<Feed> inputs,
            List<Setting> parameters,
            String forEach,
            Optional<Test> when,
            boolean deliver,
            String askedBy,
            String reason) {}

    /** An input port and the references that feed it. */
    record Feed(String port, List<String> from) {}

    /** A parameter and the words that set it. */
    record Setting(String parameter, String quote) {}

    /** A condition: an output, an operator, and words to compare with. */
    record Test(String output, Condition.Operator operator, List<String> quotes) {}

    /** A place of the caller's schema and the outputs that fill it, best first. */
    record Delivery(String target, List<String> from) {}

    /** Words that no specialist answers. */
    record NotPossible(String quote, String reason) {}
}
