package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.planner.sketch.Sketch;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One request with its sketch.
 *
 * @param guess a refused sketch counts with its best guess; otherwise as nothing
 */
record Scored(LabelledRequest request, Sketch sketch, boolean guess) {

    boolean answered() {
        return guess || !sketch.refused();
    }

    Set<String> tools() {
        return answered()
                ? sketch.uses().stream().map(use -> use.contract().getId()).collect(Collectors.toSet())
                : Set.of();
    }

    Set<Link> links() {
        return answered() ? Set.copyOf(sketch.links()) : Set.of();
    }

    Set<List<String>> values() {
        Set<List<String>> values = new HashSet<>();
        if (answered()) {
            sketch.uses()
                    .forEach(use -> use.values()
                            .forEach(value -> values.add(List.of(use.contract().getId(), value))));
        }
        return values;
    }

    Set<List<String>> goldValues() {
        Set<List<String>> values = new HashSet<>();
        request.values().forEach((tool, literals) -> literals.forEach(value -> values.add(List.of(tool, value))));
        return values;
    }

    double nodeF1() {
        return f1(tools(), request.tools());
    }

    double linkF1() {
        return f1(links(), request.links());
    }

    /** The same set of tools. */
    boolean exact() {
        return tools().equals(request.tools());
    }

    /** 0 where either is empty, as in GNN4TaskPlan. */
    private static <T> double f1(Set<T> predicted, Set<T> gold) {
        return predicted.isEmpty() || gold.isEmpty()
                ? 0
                : 2.0 * predicted.stream().filter(gold::contains).count() / (predicted.size() + gold.size());
    }
}
