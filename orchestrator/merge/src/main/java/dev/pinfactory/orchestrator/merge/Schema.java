package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The shape that a JSON Schema gives a result: {@code type}, {@code properties}, {@code required}, {@code items}, {@code enum}, {@code const},
 * {@code additionalProperties: false}, local {@code $ref}, and the first fitting branch of {@code anyOf} and {@code oneOf}. Other keywords
 * restrict values and do not shape them.
 */
final class Schema {
    /** References may lead to references; a circle ends here. */
    private static final int MAX_REFERENCES = 16;

    private static final Schema ANYTHING = of(Struct.getDefaultInstance());

    private final Struct root;
    private final Struct here;

    private Schema(Struct root, Struct here) {
        this.root = root;
        this.here = dereferenced(root, here);
    }

    static Schema of(Struct schema) {
        return new Schema(schema, schema);
    }

    /** The schema that everything fits. */
    static Schema anything() {
        return ANYTHING;
    }

    boolean isAnything() {
        return here.getFieldsCount() == 0;
    }

    /** Empty means that every type fits. */
    SortedSet<String> types() {
        if (isAnything()) {
            return Collections.emptySortedSet();
        }
        SortedSet<String> types = new TreeSet<>();
        Value type = keyword("type");
        if (type.hasStringValue()) {
            types.add(type.getStringValue());
        }
        type.getListValue().getValuesList().forEach(each -> types.add(each.getStringValue()));
        if (types.isEmpty() && here.containsFields("properties")) {
            types.add("object");
        }
        return types;
    }

    boolean allows(String type) {
        return types().isEmpty() || types().contains(type);
    }

    SortedMap<String, Schema> properties() {
        SortedMap<String, Schema> properties = new TreeMap<>();
        keyword("properties")
                .getStructValue()
                .getFieldsMap()
                .forEach((name, schema) -> properties.put(name, sub(schema)));
        return properties;
    }

    Schema property(String name) {
        if (isAnything()) {
            return this;
        }
        Value schema = keyword("properties").getStructValue().getFieldsMap().get(name);
        return schema == null ? anything() : sub(schema);
    }

    boolean hasProperty(String name) {
        return keyword("properties").getStructValue().containsFields(name);
    }

    boolean requires(String name) {
        return keyword("required").getListValue().getValuesList().stream()
                .anyMatch(each -> each.getStringValue().equals(name));
    }

    /** Every name that is required, declared or not. */
    SortedSet<String> required() {
        SortedSet<String> names = new TreeSet<>();
        keyword("required").getListValue().getValuesList().forEach(each -> names.add(each.getStringValue()));
        return names;
    }

    boolean isClosed() {
        Value additional = keyword("additionalProperties");
        return additional.hasBoolValue() && !additional.getBoolValue();
    }

    Schema items() {
        return sub(keyword("items"));
    }

    /** The values of {@code enum} or {@code const}; empty when any will do. */
    List<Value> allowedValues() {
        if (here.containsFields("const")) {
            return List.of(keyword("const"));
        }
        return keyword("enum").getListValue().getValuesList();
    }

    /** The branches of {@code anyOf} or {@code oneOf}, in order. */
    List<Schema> branches() {
        List<Schema> branches = new ArrayList<>();
        for (String keyword : List.of("anyOf", "oneOf")) {
            keyword(keyword).getListValue().getValuesList().forEach(schema -> branches.add(sub(schema)));
        }
        return branches;
    }

    private Value keyword(String name) {
        return here.getFieldsOrDefault(name, Value.getDefaultInstance());
    }

    private Schema sub(Value schema) {
        return new Schema(root, schema.getStructValue());
    }

    private static Struct dereferenced(Struct root, Struct schema) {
        Struct found = schema;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            Value reference = found.getFieldsOrDefault("$ref", Value.getDefaultInstance());
            if (!reference.getStringValue().startsWith("#")) {
                return found;
            }
            Optional<Value> target = find(root, reference.getStringValue().substring(1));
            if (target.isEmpty()) {
                return Struct.getDefaultInstance();
            }
            found = target.get().getStructValue();
        }
        return Struct.getDefaultInstance();
    }

    private static Optional<Value> find(Struct root, String pointer) {
        try {
            return JsonPointer.of(pointer)
                    .in(Value.newBuilder().setStructValue(root).build());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
