package dev.pinfactory.proto.type;

import dev.pinfactory.proto.error.FieldViolation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON Schema from outside may use, so that checking a value against it ends soon: references only into itself ({@code #/…}) and never in
 * a circle, a bounded size with all references followed, bounded depth and patterns. Counts before anything is compiled.
 */
final class SchemaRules {
    private static final int MAX_NODES = 20_000;
    private static final int MAX_EXPANDED = 50_000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_PATTERN = 500;
    private static final int MAX_VIOLATIONS = 50;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> REFUSED =
            Set.of("$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor", "$vocabulary");
    /** Keywords whose value is data and not a schema. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private final JsonNode root;
    private final String at;
    private final List<FieldViolation> violations = new ArrayList<>();
    private final Map<String, Long> expandedTargets = new HashMap<>();
    private int nodes;

    private SchemaRules(JsonNode root, String at) {
        this.root = root;
        this.at = at;
    }

    static List<FieldViolation> check(JsonNode schema, String at) {
        SchemaRules rules = new SchemaRules(schema, at);
        rules.walk(schema, "", 0, false);
        if (rules.violations.isEmpty() && rules.expanded(schema, "", List.of("#")) > MAX_EXPANDED) {
            rules.add("", "has more than " + MAX_EXPANDED + " parts when its references are followed");
        }
        return rules.violations;
    }

    /**
     * @param names the keys of this object are names of properties or definitions, not keywords
     */
    private void walk(JsonNode node, String path, int depth, boolean names) {
        if (violations.size() >= MAX_VIOLATIONS) {
            return;
        }
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            add(path, "is too large; at most " + MAX_NODES + " parts and " + MAX_DEPTH + " levels are allowed");
            return;
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), path + "/" + i, depth + 1, false);
            }
        }
        if (!node.isObject()) {
            return;
        }
        node.properties().forEach(member -> {
            String below = path + "/" + member.getKey();
            if (names) {
                walk(member.getValue(), below, depth + 1, false);
                return;
            }
            keyword(member.getKey(), member.getValue(), below, path.isEmpty());
            if (!DATA.contains(member.getKey())) {
                walk(member.getValue(), below, depth + 1, holdsNames(member.getKey()));
            }
        });
    }

    private void keyword(String keyword, JsonNode value, String path, boolean atRoot) {
        if (REFUSED.contains(keyword) || (keyword.equals("$id") && !atRoot)) {
            add(path, "'" + keyword + "' is not allowed");
        }
        if (keyword.equals("$schema")
                && !value.asString("").replaceAll("#$", "").equals(DIALECT)) {
            add(path, "'" + value.asString("") + "' is not supported; expected " + DIALECT);
        }
        if (keyword.equals("$ref")) {
            String target = value.asString("");
            if (!target.startsWith("#") || find(target) == null) {
                add(path, "'" + target + "' is not a reference into this schema; expected '#/…' of a part that exists");
            }
        }
        if (keyword.equals("pattern") && value.asString("").length() > MAX_PATTERN) {
            add(path, "has more than " + MAX_PATTERN + " characters");
        }
    }

    private static boolean holdsNames(String keyword) {
        return switch (keyword) {
            case "properties", "$defs", "definitions", "patternProperties", "dependentSchemas" -> true;
            default -> false;
        };
    }

    /** How many parts there are when each reference stands for a copy of its target; a circle is a violation. */
    private long expanded(JsonNode node, String path, List<String> within) {
        long count = 1;
        if (node.isArray()) {
            for (JsonNode element : node) {
                count += expanded(element, path, within);
            }
        }
        if (node.isObject()) {
            for (var member : node.properties()) {
                String name = member.getKey();
                if (name.equals("$ref") && member.getValue().isString()) {
                    count += target(member.getValue().asString(), path + "/$ref", within);
                } else if (!DATA.contains(name) && !name.equals("$defs") && !name.equals("definitions")) {
                    count += expanded(member.getValue(), path + "/" + name, within);
                }
            }
        }
        return Math.min(count, MAX_EXPANDED + 1L);
    }

    private long target(String reference, String path, List<String> within) {
        if (within.contains(reference)) {
            add(path, "refers to itself in a circle (" + reference + "); recursive schemas are not supported");
            return 0;
        }
        Long known = expandedTargets.get(reference);
        JsonNode target = find(reference);
        if (known != null || target == null) {
            return known == null ? 0 : known;
        }
        List<String> deeper = new ArrayList<>(within);
        deeper.add(reference);
        long size = deeper.size() > MAX_DEPTH ? MAX_EXPANDED + 1L : expanded(target, path, deeper);
        expandedTargets.put(reference, size);
        return size;
    }

    private @Nullable JsonNode find(String reference) {
        JsonPointer pointer = JsonPointer.parse(reference.substring(1)).orElse(null);
        JsonNode node = root;
        if (pointer == null) {
            return null;
        }
        for (String token : pointer.tokens()) {
            node = node.isArray() && JsonPointer.isIndex(token) ? node.get(Integer.parseInt(token)) : node.get(token);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private void add(String path, String message) {
        violations.add(new FieldViolation(at + path, message));
    }
}
