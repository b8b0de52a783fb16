package dev.pinfactory.router.llm.language;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The plan language as JSON Schema, for servers that decode by it. It says what strict modes can express (every field there, no others, null where
 * nothing is meant); what it says is checked again when the answer is read.
 */
public final class AnswerSchema {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnswerSchema() {}

    /**
     * @param specialists the ids that may be named
     */
    public static JsonNode of(List<String> specialists) {
        ObjectNode specialist = type("string");
        ArrayNode ids = specialist.putArray("enum");
        specialists.forEach(ids::add);
        ObjectNode operator = type("string");
        ArrayNode operators = operator.putArray("enum");
        SketchReader.operators().forEach(operators::add);

        ObjectNode feed =
                object().field("port", type("string")).field("from", strings()).done();
        ObjectNode setting = object().field("parameter", type("string"))
                .field("quote", type("string"))
                .done();
        ObjectNode when = object().field("output", type("string"))
                .field("operator", operator)
                .field("quotes", strings())
                .done();
        ObjectNode step = object().field("name", type("string"))
                .field("specialist", specialist)
                .field("inputs", list(feed))
                .field("parameters", list(setting))
                .field("for_each", orNull(type("string")))
                .field("when", orNull(when))
                .field("deliver", type("boolean"))
                .field("asked_by", type("string"))
                .field("reason", type("string"))
                .done();
        ObjectNode delivery = object().field("target", type("string"))
                .field("from", strings())
                .done();
        ObjectNode notPossible = object().field("quote", type("string"))
                .field("reason", type("string"))
                .done();
        return object().field("steps", list(step))
                .field("output", list(delivery))
                .field("not_possible", list(notPossible))
                .done();
    }

    private static ObjectNode type(String name) {
        return JSON.createObjectNode().put("type", name);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = type("array");
        list.set("items", items);
        return list;
    }

    private static ObjectNode strings() {
        return list(type("string"));
    }

    private static ObjectNode orNull(ObjectNode schema) {
        ObjectNode either = JSON.createObjectNode();
        either.putArray("anyOf").add(schema).add(type("null"));
        return either;
    }

    private static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    private static final class ObjectBuilder {
        private final ObjectNode object = type("object");
        private final ObjectNode properties = object.putObject("properties");
        private final ArrayNode required = object.putArray("required");

        ObjectBuilder field(String name, ObjectNode schema) {
            properties.set(name, schema);
            required.add(name);
            return this;
        }

        ObjectNode done() {
            return object.put("additionalProperties", false);
        }
    }
}
