package dev.pinfactory.router.planner.bind;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the results of a specialist are called that others can work on: the names of outputs that have the type of its own input. */
public final class Results {
    private Results() {}

    public static Set<String> stems(Contract contract) {
        Set<String> stems = new LinkedHashSet<>();
        for (Port output : contract.getOutputsList()) {
            boolean changed = contract.getInputsList().stream()
                    .anyMatch(input -> input.getType().equals(output.getType()));
            if (changed) {
                stems.addAll(Words.contentStems(output.getName()));
            }
        }
        return stems;
    }
}
