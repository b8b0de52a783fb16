package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a tool graph: one JSON object a line, with {@code source} and {@code target}; other keys are ignored. */
public final class GraphFile {
    private GraphFile() {}

    /**
     * The graph in a file.
     *
     * @throws IllegalArgumentException for a line that is no such object; the message names it
     */
    public static ToolGraph read(Path file) {
        return new ToolGraph(Set.copyOf(JsonLines.read(file, GraphFile::edge)));
    }

    private static Link edge(JsonNode node) {
        if (!node.path("source").isString() || !node.path("target").isString()) {
            throw new IllegalArgumentException("'source' and 'target' are expected, both texts");
        }
        return new Link(node.path("source").asString(), node.path("target").asString());
    }
}
