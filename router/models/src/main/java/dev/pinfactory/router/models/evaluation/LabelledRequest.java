package dev.pinfactory.router.models.evaluation;

import dev.pinfactory.router.planner.sketch.Sketch.Link;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
        List<LabelledRequest> requests = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    requests.add(parse(line, file + ":" + number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
        return requests;
    }

    private static LabelledRequest parse(String line, String at) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(at + ": not a JSON object: " + e.getOriginalMessage(), e);
        }
        if (!node.path("request").isString()) {
            throw new IllegalArgumentException(at + ": 'request' is missing; a text is expected");
        }
        return of(node);
    }

    private static LabelledRequest of(JsonNode node) {
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
