package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.util.Set;

/**
 * Which specialist's output another can take, where an organisation has written that down.
 *
 * @param edges the pairs that are possible; empty where nothing is known
 */
public record ToolGraph(Set<Link> edges) {
    /** Nothing is known; types alone decide. */
    public static final ToolGraph UNKNOWN = new ToolGraph(Set.of());

    public ToolGraph {
        edges = Set.copyOf(edges);
    }

    public boolean isKnown() {
        return !edges.isEmpty();
    }

    public boolean has(String from, String to) {
        return edges.contains(new Link(from, to));
    }
}
