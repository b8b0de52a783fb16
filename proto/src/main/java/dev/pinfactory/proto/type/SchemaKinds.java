package dev.pinfactory.proto.type;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a schema allows at a place. Reads type, properties, additionalProperties, items, prefixItems, const, enum and local references; what it
 * does not read it takes as allowed, so that it never refuses what the schema permits.
 */
final class SchemaKinds {
    private static final int MAX_REFERENCES = 32;

    private SchemaKinds() {}

    static Set<JsonKind> at(JsonNode root, JsonPointer pointer) {
        JsonNode schema = followed(root, root);
        for (String token : pointer.tokens()) {
            if (schema.isBoolean()) {
                return schema.asBoolean() ? JsonKind.all() : EnumSet.noneOf(JsonKind.class);
            }
            Set<JsonKind> kinds = kinds(schema);
            boolean object = kinds.contains(JsonKind.OBJECT);
            boolean array = kinds.contains(JsonKind.ARRAY) && JsonPointer.isIndex(token);
            if (!object && !array) {
                return EnumSet.noneOf(JsonKind.class);
            }
            if (object && array) {
                return JsonKind.all();
            }
            JsonNode next = object ? member(schema, token) : element(schema, Integer.parseInt(token));
            if (next == null) {
                return JsonKind.all();
            }
            schema = followed(next, root);
        }
        if (schema.isBoolean() && !schema.asBoolean()) {
            return EnumSet.noneOf(JsonKind.class);
        }
        return kinds(schema);
    }

    private static @Nullable JsonNode member(JsonNode schema, String name) {
        JsonNode property = schema.path("properties").get(name);
        if (property != null) {
            return property;
        }
        return schema.has("patternProperties") ? null : schema.get("additionalProperties");
    }

    private static @Nullable JsonNode element(JsonNode schema, int index) {
        JsonNode prefixed = schema.path("prefixItems").get(index);
        return prefixed != null ? prefixed : schema.get("items");
    }

    private static Set<JsonKind> kinds(JsonNode schema) {
        Set<JsonKind> kinds = EnumSet.noneOf(JsonKind.class);
        JsonNode type = schema.path("type");
        if (type.isString()) {
            JsonKind.named(type.asString()).ifPresent(kinds::add);
        }
        type.forEach(name -> JsonKind.named(name.asString("")).ifPresent(kinds::add));
        return kinds.isEmpty() ? JsonKind.all() : kinds;
    }

    private static JsonNode followed(JsonNode schema, JsonNode root) {
        JsonNode node = schema;
        for (int i = 0; i < MAX_REFERENCES && node.path("$ref").isString(); i++) {
            JsonNode target = root;
            JsonPointer pointer =
                    JsonPointer.parse(node.path("$ref").asString().substring(1)).orElseThrow();
            for (String token : pointer.tokens()) {
                target = target.isArray() ? target.path(Integer.parseInt(token)) : target.path(token);
            }
            node = target;
        }
        return node;
    }
}
