package dev.pinfactory.orchestrator.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value of the result as it is shown.
 *
 * @param pointer where it stands
 * @param value as JSON
 * @param sources who gave it, in words
 */
record Leaf(String pointer, String value, List<String> sources) {
    /** An object or a row deep in the result whose leaves all come from the same is shown as one. */
    static List<Leaf> together(List<Leaf> leaves) {
        Map<String, List<Leaf>> byParent = new LinkedHashMap<>();
        leaves.forEach(leaf -> byParent.computeIfAbsent(leaf.parent(), parent -> new ArrayList<>())
                .add(leaf));
        List<Leaf> together = new ArrayList<>();
        byParent.forEach((parent, children) -> {
            if (isOne(parent, children)) {
                together.add(
                        new Leaf(parent, joined(children), children.getFirst().sources()));
            } else {
                together.addAll(children);
            }
        });
        return together;
    }

    private static boolean isOne(String parent, List<Leaf> children) {
        return parent.indexOf('/', 1) > 0
                && children.size() > 1
                && children.stream().map(Leaf::sources).distinct().count() == 1;
    }

    private static String joined(List<Leaf> children) {
        boolean row = children.stream().allMatch(child -> child.key().chars().allMatch(Character::isDigit));
        String items = children.stream()
                .map(child -> row ? child.value() : "\"" + child.key() + "\": " + child.value())
                .collect(Collectors.joining(", "));
        return row ? "[" + items + "]" : "{" + items + "}";
    }

    private String parent() {
        return pointer.isEmpty() ? "" : pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private String key() {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }
}
