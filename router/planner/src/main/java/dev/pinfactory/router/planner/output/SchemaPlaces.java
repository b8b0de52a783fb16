package dev.pinfactory.router.planner.output;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the places of a caller's JSON Schema, in the order of their names; those below an object with properties instead of the object. */
final class SchemaPlaces {
    private static final int MAX_PLACES = 128;
    private static final int MAX_DEPTH = 8;
    /** References may lead to references; a circle ends here. */
    private static final int MAX_REFERENCES = 16;

    private final Struct root;
    private int found;

    private SchemaPlaces(Struct root) {
        this.root = root;
    }

    static List<SchemaPlace> of(Struct schema) {
        List<SchemaPlace> places = new ArrayList<>();
        new SchemaPlaces(schema).collect(schema, JsonPointer.whole(), "", "", 0, places);
        boolean anyObject = places.size() == 1
                && places.getFirst().pointer().isWhole()
                && places.getFirst().allows("object");
        return anyObject ? List.of() : List.copyOf(places);
    }

    private void collect(Struct node, JsonPointer at, String name, String above, int depth, List<SchemaPlace> places) {
        Struct schema = resolved(node);
        String description =
                text(schema, "description").isEmpty() ? text(schema, "title") : text(schema, "description");
        Map<String, Value> properties =
                new TreeMap<>(struct(schema, "properties").getFieldsMap());
        if (!properties.isEmpty() && depth < MAX_DEPTH) {
            properties.forEach((property, value) -> collect(
                    value.getStructValue(),
                    at.child(property),
                    (name + " " + Abbreviations.writtenOut(property)).strip(),
                    at.isWhole() && depth == 0 ? "" : description,
                    depth + 1,
                    places));
            return;
        }
        if (found >= MAX_PLACES) {
            return;
        }
        found++;
        List<SchemaPlace> items = new ArrayList<>();
        if (types(schema).contains("array") && schema.containsFields("items") && depth < MAX_DEPTH) {
            collect(struct(schema, "items"), JsonPointer.whole(), name, description, depth + 1, items);
        }
        String format = text(schema, "format");
        String said = String.join(" ", description, above, format.replace('-', ' '))
                .strip()
                .replaceAll(" {2,}", " ");
        places.add(new SchemaPlace(at, name, types(schema), said, format, allowed(schema), items, Optional.empty()));
    }

    /** The schema itself: references inside it followed, and of alternatives the first that is not null. */
    private Struct resolved(Struct node) {
        Struct schema = node;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            Optional<Struct> next = reference(schema);
            if (next.isEmpty()) {
                next = alternative(schema);
            }
            if (next.isEmpty()) {
                return schema;
            }
            schema = next.get();
        }
        return schema;
    }

    private Optional<Struct> reference(Struct schema) {
        String reference = text(schema, "$ref");
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        return JsonPointer.parse(reference.substring(1))
                .flatMap(pointer ->
                        pointer.in(Value.newBuilder().setStructValue(root).build()))
                .filter(Value::hasStructValue)
                .map(Value::getStructValue)
                .map(target -> text(schema, "description").isEmpty()
                        ? target
                        : target.toBuilder()
                                .putFields("description", schema.getFieldsOrThrow("description"))
                                .build());
    }

    /** The alternative keeps what is said around it. */
    private static Optional<Struct> alternative(Struct schema) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            Optional<Struct> first = list(schema, keyword).stream()
                    .map(Value::getStructValue)
                    .filter(each -> !text(each, "type").equals("null"))
                    .findFirst();
            if (first.isPresent()) {
                return Optional.of(schema.toBuilder()
                        .removeFields(keyword)
                        .putAllFields(first.get().getFieldsMap())
                        .build());
            }
        }
        return Optional.empty();
    }

    private static Set<String> types(Struct schema) {
        Set<String> types = new LinkedHashSet<>();
        Value type = schema.getFieldsOrDefault("type", Value.getDefaultInstance());
        if (type.hasStringValue()) {
            types.add(type.getStringValue());
        }
        type.getListValue().getValuesList().forEach(each -> types.add(each.getStringValue()));
        types.remove("null");
        if (types.isEmpty() && !allowed(schema).isEmpty()) {
            types.add("string");
        }
        return types;
    }

    private static List<String> allowed(Struct schema) {
        Value one = schema.getFieldsOrDefault("const", Value.getDefaultInstance());
        List<Value> values = one.hasStringValue() ? List.of(one) : list(schema, "enum");
        return values.stream()
                .filter(Value::hasStringValue)
                .map(Value::getStringValue)
                .toList();
    }

    private static List<Value> list(Struct schema, String key) {
        return schema.getFieldsOrDefault(key, Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
    }

    private static Struct struct(Struct schema, String key) {
        return schema.getFieldsOrDefault(key, Value.getDefaultInstance()).getStructValue();
    }

    private static String text(Struct schema, String key) {
        return schema.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }
}
