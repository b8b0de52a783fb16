package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The steps so far, by the model's names and by ours. Ours come from the specialists, so that two plans for one task compare; a step sees only those
 * before it, so that no circle can be written. One thread.
 */
final class Naming {
    private static final int LONGEST = 48;

    /** A step that has been translated. */
    record Known(String id, Optional<Contract> contract, boolean iterated) {}

    private final Map<String, Known> byName = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    /** A free id for a step of this specialist. */
    String id(String specialist) {
        String plain = specialist
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String base = plain.isEmpty() ? "step" : plain.substring(0, Math.min(LONGEST, plain.length()));
        String id = base;
        for (int number = 2; names.containsKey(id); number++) {
            id = base + "-" + number;
        }
        return id;
    }

    /** Whether the name was free. */
    boolean add(String name, Step step, Optional<Contract> contract) {
        names.put(step.getId(), name);
        steps.add(step);
        return byName.putIfAbsent(
                        name,
                        new Known(step.getId(), contract, !step.getForEach().isEmpty()))
                == null;
    }

    Optional<Known> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** What the model calls the step of that id. */
    String nameOf(String id) {
        return names.getOrDefault(id, id);
    }
}
