package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.v1.InputDescription;
import java.util.List;
import java.util.Optional;

/**
 * What a reference string names: {@code input:NAME} or {@code step:NAME.OUTPUT}, each with an optional {@code #} and JSON Pointer behind it.
 */
sealed interface Reference {
    String INPUT = "input:";
    String STEP = "step:";

    /** A named input of the task. */
    record OfInput(String name, String pointer) implements Reference {}

    /** An output of a step, by the model's name for the step. */
    record OfStep(String step, String output, String pointer) implements Reference {}

    /** Empty where it is neither. */
    static Optional<Reference> parse(String text, List<InputDescription> inputs) {
        if (text.startsWith(INPUT)) {
            String name = text.substring(INPUT.length());
            // An input's name is the caller's and may look like a pointer.
            boolean whole = inputs.stream().anyMatch(input -> input.getName().equals(name));
            int hash = whole ? -1 : hash(name);
            return Optional.of(new OfInput(before(name, hash), behind(name, hash)));
        }
        if (!text.startsWith(STEP)) {
            return Optional.empty();
        }
        String rest = text.substring(STEP.length());
        int dot = rest.indexOf('.');
        if (dot <= 0) {
            return Optional.empty();
        }
        String output = rest.substring(dot + 1);
        int hash = hash(output);
        return Optional.of(new OfStep(rest.substring(0, dot), before(output, hash), behind(output, hash)));
    }

    private static int hash(String text) {
        return text.endsWith("#") ? text.length() - 1 : text.indexOf("#/");
    }

    private static String before(String text, int hash) {
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String behind(String text, int hash) {
        return hash < 0 ? "" : text.substring(hash + 1);
    }
}
