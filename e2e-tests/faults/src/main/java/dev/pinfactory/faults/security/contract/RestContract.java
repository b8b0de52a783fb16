package dev.pinfactory.faults.security.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document that the orchestrator publishes: its operations, and whether an answer is one that it promises. Safe for concurrent use. */
final class RestContract {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROBLEM = "application/problem+json";

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    /** One method at one path. */
    record Operation(String method, String path, JsonNode description) {}

    RestContract(String json) {
        document = JSON.readTree(json);
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()));
                    }
                }));
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** What a reference leads to, or the node itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    /**
     * What is wrong with an answer; empty where nothing is.
     *
     * @param operation that was asked for; empty where the request named none that there is
     */
    Optional<String> wrong(Optional<Operation> operation, RawHttp.Answer answer) {
        if (answer.status() >= 500 && answer.status() != 503) {
            return Optional.of("the server's fault");
        }
        Optional<String> leak =
                Leaks.in(answer.body()).or(() -> Leaks.in(answer.headers().toString()));
        if (leak.isPresent()) {
            return Optional.of("tells '" + leak.get() + "'");
        }
        if (answer.status() >= 400) {
            return problem(answer);
        }
        if (operation.isEmpty()) {
            return Optional.empty();
        }
        JsonNode promised = operation.get().description().get("responses").get(String.valueOf(answer.status()));
        if (promised == null) {
            return Optional.of("the contract knows no such status here");
        }
        JsonNode content = resolved(promised).get("content");
        if (content == null) {
            return answer.body().isEmpty() ? Optional.empty() : Optional.of("the contract knows no body here");
        }
        if (!content.has(answer.mediaType())) {
            return Optional.of("the contract knows no such media type here");
        }
        return answer.mediaType().equals("text/event-stream")
                ? Optional.empty()
                : invalid(answer.body(), content.get(answer.mediaType()).get("schema"));
    }

    private Optional<String> problem(RawHttp.Answer answer) {
        if (!answer.mediaType().equals(PROBLEM)) {
            return Optional.of("no problem but " + answer.mediaType());
        }
        Optional<String> wrong = invalid(
                answer.body(),
                document.at("/components/responses/Problem/content")
                        .get(PROBLEM)
                        .get("schema"));
        if (wrong.isEmpty() && JSON.readTree(answer.body()).get("status").asInt() != answer.status()) {
            return Optional.of("the problem's status is another");
        }
        return wrong;
    }

    private Optional<String> invalid(String body, JsonNode schema) {
        JsonNode value;
        try {
            value = JSON.readTree(body);
        } catch (JacksonException e) {
            return Optional.of("the body is no JSON");
        }
        return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
                .findFirst()
                .map(error -> "the contract says otherwise: " + error);
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", document.get("components"));
        whole.setAll((ObjectNode) schema);
        return registry.getSchema(whole);
    }
}
