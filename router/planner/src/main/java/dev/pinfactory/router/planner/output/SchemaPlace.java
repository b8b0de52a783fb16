package dev.pinfactory.router.planner.output;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place of the caller's schema that one value fills.
 *
 * @param pointer where it is
 * @param name its property names from the top, as words
 * @param type its JSON type, or empty where the schema does not say
 * @param description what the schema says of it
 */
record SchemaPlace(JsonPointer pointer, String name, String type, String description) {
    private static final int MAX_PLACES = 128;
    private static final int MAX_DEPTH = 8;

    /** The words of its own property's name. */
    String property() {
        return String.join(" ", Words.split(pointer.tokens().getLast()));
    }

    /** What the place is called and said to be, as one text. */
    String text() {
        return description.isEmpty() ? name : name + ": " + description;
    }

    /** The places of a schema, in the order of their names; those below an object with properties instead of the object. */
    static List<SchemaPlace> of(Struct schema) {
        List<SchemaPlace> places = new ArrayList<>();
        collect(schema, schema, JsonPointer.whole(), "", "", 0, places);
        return places;
    }

    private static void collect(
            Struct root, Struct node, JsonPointer at, String name, String above, int depth, List<SchemaPlace> places) {
        Struct schema = resolved(root, node);
        String description =
                text(schema, "description").isEmpty() ? text(schema, "title") : text(schema, "description");
        Map<String, Value> properties =
                new TreeMap<>(schema.getFieldsOrDefault("properties", Value.getDefaultInstance())
                        .getStructValue()
                        .getFieldsMap());
        if (properties.isEmpty() || depth >= MAX_DEPTH) {
            if (!at.tokens().isEmpty() && places.size() < MAX_PLACES) {
                String format = text(schema, "format").replace('-', ' ');
                String said =
                        String.join(" ", description, above, format).strip().replaceAll(" {2,}", " ");
                places.add(new SchemaPlace(at, name, type(schema), said));
            }
            return;
        }
        properties.forEach((property, value) -> {
            String words = (name + " " + String.join(" ", Words.split(property))).strip();
            collect(
                    root,
                    value.getStructValue(),
                    at.child(property),
                    words,
                    at.tokens().isEmpty() ? "" : description,
                    depth + 1,
                    places);
        });
    }

    /** Follows a reference inside the schema, once; a chain of them is taken as it is. */
    private static Struct resolved(Struct root, Struct node) {
        String reference = text(node, "$ref");
        if (!reference.startsWith("#/")) {
            return node;
        }
        return JsonPointer.parse(reference.substring(1))
                .flatMap(pointer ->
                        pointer.in(Value.newBuilder().setStructValue(root).build()))
                .filter(Value::hasStructValue)
                .map(Value::getStructValue)
                .orElse(node);
    }

    private static String text(Struct schema, String key) {
        return schema.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    /** The first type that is not null. */
    private static String type(Struct schema) {
        Value type = schema.getFieldsOrDefault("type", Value.getDefaultInstance());
        if (type.hasListValue()) {
            return type.getListValue().getValuesList().stream()
                    .map(Value::getStringValue)
                    .filter(name -> !name.equals("null"))
                    .findFirst()
                    .orElse("");
        }
        return type.getStringValue();
    }
}
