package dev.pinfactory.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The graphs that are run. The last step's text is the result. */
public enum Shape {
    /** Five steps that do nothing: A→C, B→D, C and D→E. */
    FIVE_NO_OPS(step("a", 0), step("b", 0), step("c", 0, "a"), step("d", 0, "b"), step("e", 0, "c", "d")),
    /** Two branches of very different first and second halves, that meet. */
    UNEVEN(step("a", 10), step("b", 50), step("c", 50, "a"), step("d", 10, "b"), step("e", 10, "c", "d")),
    /** A→C, A→D, B→D: who waits for whole levels waits for B before C. E takes both. */
    N(step("a", 10), step("b", 50), step("c", 50, "a"), step("d", 10, "a", "b"), step("e", 10, "c", "d")),
    /** The N with steps that do nothing. */
    N_NO_OPS(step("a", 0), step("b", 0), step("c", 0, "a"), step("d", 0, "a", "b"), step("e", 0, "c", "d"));

    private final List<Node> nodes;

    Shape(Node... nodes) {
        this.nodes = List.of(nodes);
    }

    /** A step, how long its specialist takes, and whose texts it reads. */
    public record Node(String id, int millis, List<String> needs) {}

    public List<Node> nodes() {
        return nodes;
    }

    public boolean isTimed() {
        return nodes.stream().anyMatch(node -> node.millis() > 0);
    }

    /** The same graph with steps that do nothing. */
    public Shape withoutWork() {
        return switch (this) {
            case FIVE_NO_OPS, UNEVEN -> FIVE_NO_OPS;
            case N, N_NO_OPS -> N_NO_OPS;
        };
    }

    /** The longest chain: no run can be faster. */
    public int idealMillis() {
        Map<String, Integer> ends = new HashMap<>();
        for (Node node : nodes) {
            int begin = node.needs().stream().mapToInt(ends::get).max().orElse(0);
            ends.put(node.id(), begin + node.millis());
        }
        return ends.values().stream().mapToInt(end -> end).max().orElse(0);
    }

    private static Node step(String id, int millis, String... needs) {
        return new Node(id, millis, List.of(needs));
    }
}
