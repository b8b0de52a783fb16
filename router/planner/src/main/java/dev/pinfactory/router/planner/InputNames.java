package dev.pinfactory.router.planner;

import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The words that name a task's inputs, or their types. */
final class InputNames {
    private final Set<String> stems = new HashSet<>();

    InputNames(List<InputDescription> inputs) {
        inputs.forEach(input -> {
            stems.addAll(Words.contentStems(input.getName()));
            stems.add(Words.stem(String.join("", Words.split(input.getName()))));
            stems.add(Words.stem(input.getType()));
        });
    }

    Set<String> stems() {
        return Set.copyOf(stems);
    }

    boolean has(String word) {
        return stems.contains(Words.stem(word));
    }
}
