package dev.pinfactory.specialists.adapters.openai;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.specialists.adapters.openai.ChatMapping.Output;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of an answer: one object with a member for each output. It has only keywords that vLLM's and llama.cpp's decoders know; what else
 * the port's type says is checked afterwards.
 */
final class AnswerSchema {
    /** Whether the model would rather not say. */
    static final String UNSURE = "unsure";

    static final String CONFIDENCE = "confidence";

    private static final Set<String> KEYWORDS =
            Set.of("type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "description");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnswerSchema() {}

    static ObjectNode of(ChatMapping mapping, Contract contract) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        TypeSchemas types = TypeSchemas.of(Contracts.of(contract).types());
        CardRules card = new CardRules(contract);
        mapping.outputs()
                .forEach(output -> properties.set(
                        output.port(), output(output, card.port(output.port()).getType(), types)));
        properties.putObject(UNSURE).put("type", "boolean");
        if (mapping.statedConfidence()) {
            properties.putObject(CONFIDENCE).put("type", "number");
        }
        ArrayNode required = schema.putArray("required");
        properties.propertyNames().forEach(required::add);
        return schema.put("additionalProperties", false);
    }

    private static JsonNode output(Output output, String type, TypeSchemas types) {
        ObjectNode schema = JSON.createObjectNode();
        return switch (output.as()) {
            case LABELS -> oneOf(output.labels());
            case SCORE -> schema.put("type", "number");
            case TEXT -> schema.put("type", "string");
            case RECORD -> output.fields().isEmpty() ? declared(type, types) : fields(output.fields());
            case ENTITIES -> quotes("type", output.labels());
            case SPANS -> quotes("label", output.labels());
        };
    }

    private static ObjectNode oneOf(List<String> values) {
        ObjectNode schema = JSON.createObjectNode().put("type", "string");
        ArrayNode allowed = schema.putArray("enum");
        values.forEach(allowed::add);
        return schema;
    }

    private static ObjectNode fields(List<String> names) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (String name : names) {
            properties.putObject(name).putArray("type").add("string").add("null");
            required.add(name);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode quotes(String labelled, List<String> labels) {
        ObjectNode schema = JSON.createObjectNode().put("type", "array");
        ObjectNode item = schema.putObject("items").put("type", "object");
        ObjectNode properties = item.putObject("properties");
        ArrayNode required = item.putArray("required").add("text");
        properties.putObject("text").put("type", "string");
        if (!labels.isEmpty()) {
            properties.set(labelled, oneOf(labels));
            required.add(labelled);
        }
        item.put("additionalProperties", false);
        return schema;
    }

    /** References point from the root of a schema, so one that has some can't be put inside another. */
    private static JsonNode declared(String type, TypeSchemas types) {
        JsonNode schema = types.jsonSchema(type)
                .map(JSON::readTree)
                .orElseGet(() -> JSON.createObjectNode().put("type", "object"));
        return schema.toString().contains("\"$ref\"") ? JSON.createObjectNode().put("type", "object") : known(schema);
    }

    private static JsonNode known(JsonNode schema) {
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode kept = JSON.createObjectNode();
        schema.properties().stream()
                .filter(keyword -> KEYWORDS.contains(keyword.getKey()))
                .forEach(keyword -> kept.set(keyword.getKey(), value(keyword.getKey(), keyword.getValue())));
        return kept;
    }

    private static JsonNode value(String keyword, JsonNode value) {
        return switch (keyword) {
            case "properties" -> {
                ObjectNode properties = JSON.createObjectNode();
                value.properties().forEach(property -> properties.set(property.getKey(), known(property.getValue())));
                yield properties;
            }
            case "anyOf" -> {
                ArrayNode branches = JSON.createArrayNode();
                value.forEach(branch -> branches.add(known(branch)));
                yield branches;
            }
            case "items", "additionalProperties" -> known(value);
            default -> value;
        };
    }
}
