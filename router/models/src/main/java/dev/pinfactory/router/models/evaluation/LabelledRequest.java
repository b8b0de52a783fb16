package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One request of a benchmark file, and what it is labelled with.
 *
 * @param tools ids of the tools that it needs; empty where the file does not say
 * @param links who feeds whom; empty where the file does not say
 * @param values literal arguments by tool
 * @param kind single, chain, dag, unknown; empty where the file does not say
 * @param label gold or silver; empty where the file does not say
 */
public record LabelledRequest(
        String id,
        String text,
        Set<String> tools,
        Set<Link> links,
        Map<String, List<String>> values,
        String kind,
        String label) {
    public LabelledRequest {
        tools = Set.copyOf(tools);
        links = Set.copyOf(links);
        values = Map.copyOf(values);
    }

    /**
     * Reads a file of one JSON object a line, gzipped where its name ends so.
     *
     * @throws IllegalArgumentException for a line that is no such object; the message names it
     */
    public static List<LabelledRequest> read(Path file) {
        return JsonLines.read(file, LabelledRequest::of);
    }

    private static LabelledRequest of(JsonNode node) {
        if (!node.path("request").isString()) {
            throw new IllegalArgumentException("'request' is missing; a text is expected");
        }
        Set<String> tools = new LinkedHashSet<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (JsonNode use : node.path("nodes")) {
            String tool = use.path("tool").asString("");
            tools.add(tool);
            List<String> literals = values.computeIfAbsent(tool, key -> new ArrayList<>());
            for (JsonNode argument : use.path("args")) {
                String text = argument.isString()
                        ? argument.asString()
                        : argument.path("value").asString("");
                if (!text.isBlank() && !text.startsWith("<node-")) {
                    literals.add(text);
                }
            }
        }
        Set<Link> links = new HashSet<>();
        for (JsonNode link : node.path("links")) {
            links.add(new Link(link.path(0).asString(""), link.path(1).asString("")));
        }
        return new LabelledRequest(
                node.path("id").asString(""),
                node.path("request").asString().strip(),
                tools,
                links,
                values,
                node.path("type").asString(""),
                node.path("label").asString(""));
    }
}
