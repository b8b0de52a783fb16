package dev.pinfactory.router.models;

import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A library of tools and requests for them.
 *
 * @param name of the library
 * @param contracts its tools
 * @param requests each with the ids of the tools that it needs
 */
record TrainingLibrary(String name, List<Contract> contracts, List<Request> requests) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    TrainingLibrary {
        contracts = List.copyOf(contracts);
        requests = List.copyOf(requests);
    }

    /** One labelled request; no tools for one that the library can't answer. */
    record Request(String text, Set<String> tools) {
        Request {
            tools = Set.copyOf(tools);
        }
    }

    /** Reads a folder with {@code tools.json} and {@code requests-train.jsonl} or {@code .jsonl.gz}. */
    static TrainingLibrary read(String name, Path folder) {
        List<Contract> contracts = CardReader.read(folder.resolve("tools.json")).stream()
                .map(Card::getContract)
                .toList();
        Path plain = folder.resolve("requests-train.jsonl");
        List<Request> requests = lines(Files.exists(plain) ? plain : folder.resolve("requests-train.jsonl.gz")).stream()
                .map(TrainingLibrary::request)
                .toList();
        return new TrainingLibrary(name, contracts, requests);
    }

    private static Request request(JsonNode node) {
        Set<String> tools = new LinkedHashSet<>();
        node.path("nodes").forEach(tool -> tools.add(tool.path("tool").asString()));
        return new Request(node.path("request").asString().strip(), tools);
    }

    /** The objects of a JSON lines file, gzipped or not. */
    static List<JsonNode> lines(Path file) {
        List<JsonNode> nodes = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    nodes.add(JSON.readTree(line));
                }
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }
}
