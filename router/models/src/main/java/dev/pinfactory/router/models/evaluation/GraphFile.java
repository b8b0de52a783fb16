package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a tool graph: one JSON object a line, with {@code source} and {@code target}; other keys are ignored. */
public final class GraphFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GraphFile() {}

    /**
     * The graph in a file.
     *
     * @throws IllegalArgumentException for a line that is no such object; the message names it
     */
    public static ToolGraph read(Path file) {
        Set<Link> edges = new HashSet<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    edges.add(edge(lines.get(i), file + ":" + (i + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
        return new ToolGraph(edges);
    }

    private static Link edge(String line, String at) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.path("source").isString() && node.path("target").isString()) {
                return new Link(
                        node.path("source").asString(), node.path("target").asString());
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(at + ": not a JSON object: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(at + ": 'source' and 'target' are expected, both texts");
    }
}
