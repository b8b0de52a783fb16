package dev.pinfactory.faults.security.contract;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** JSON that a schema of the published document allows. */
final class SchemaValues {
    private static final int DEEPEST = 6;

    private SchemaValues() {}

    /**
     * @param resolved leads from a reference to what it refers to
     * @param task one that runs, as JSON: of the schema alone nobody would come by it
     */
    static String of(
            JsonNode given, UnaryOperator<JsonNode> resolved, Supplier<String> task, Random random, int depth) {
        if (given.path("$ref").asString("").endsWith("/Task") && random.nextInt(4) > 0) {
            return task.get();
        }
        JsonNode schema = resolved.apply(given);
        if (schema.has("enum")) {
            JsonNode words = schema.get("enum");
            return words.get(random.nextInt(words.size())).toString();
        }
        JsonNode type = schema.path("type");
        String kind = type.isArray() ? type.get(0).asString() : type.asString("");
        return switch (kind) {
            case "object" -> object(schema, resolved, task, random, depth);
            case "array" -> {
                boolean some = schema.has("items") && depth < DEEPEST && random.nextBoolean();
                yield some ? "[" + of(schema.get("items"), resolved, task, random, depth + 1) + "]" : "[]";
            }
            case "integer" -> String.valueOf(random.nextInt(100));
            case "number" -> String.valueOf(random.nextInt(100) / 10.0);
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "string" -> string(schema, random);
            default -> "\"anything\"";
        };
    }

    private static String object(
            JsonNode schema, UnaryOperator<JsonNode> resolved, Supplier<String> task, Random random, int depth) {
        StringBuilder object = new StringBuilder("{");
        if (depth < DEEPEST) {
            schema.path("properties").properties().forEach(property -> {
                if (random.nextInt(2 + depth) == 0) {
                    object.append(object.length() == 1 ? "" : ",")
                            .append('"')
                            .append(property.getKey())
                            .append("\":")
                            .append(of(property.getValue(), resolved, task, random, depth + 1));
                }
            });
        }
        return object.append('}').toString();
    }

    private static String string(JsonNode schema, Random random) {
        return switch (schema.path("format")
                .asString(schema.path("contentEncoding").asString(""))) {
            case "date-time" -> "\"2026-11-23T10:00:00Z\"";
            case "base64" -> "\"AAEC\"";
            case "int64" -> "\"" + random.nextInt(1_000) + "\"";
            default ->
                schema.has("pattern")
                        ? "\"1.5s\""
                        : Hostile.any(List.of("\"text\"", "\"echo\"", "\"note\"", "\"\""), random);
        };
    }
}
