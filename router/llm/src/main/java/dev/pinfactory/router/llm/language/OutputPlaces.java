package dev.pinfactory.router.llm.language;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import java.util.Optional;

/**
 * The places that a caller's JSON Schema names. Stricter than the schema: where it would let further properties pass, nobody asked for any.
 */
final class OutputPlaces {
    private static final String LOCAL = "#/";
    private static final int MAX_REFERENCES = 16;

    private final Value root;

    OutputPlaces(Struct schema) {
        this.root = Value.newBuilder().setStructValue(schema).build();
    }

    boolean has(String target) {
        Optional<JsonPointer> pointer = JsonPointer.parse(target);
        if (pointer.isEmpty()) {
            return false;
        }
        Optional<Value> place = followed(root);
        for (String token : pointer.get().tokens()) {
            place = place.flatMap(schema -> property(schema, token)).flatMap(this::followed);
        }
        return place.isPresent();
    }

    private static Optional<Value> property(Value schema, String token) {
        Value properties = schema.getStructValue().getFieldsOrDefault("properties", Value.getDefaultInstance());
        return Optional.ofNullable(properties.getStructValue().getFieldsMap().get(token));
    }

    private Optional<Value> followed(Value schema) {
        Value followed = schema;
        for (int i = 0; i < MAX_REFERENCES; i++) {
            String reference = followed.getStructValue()
                    .getFieldsOrDefault("$ref", Value.getDefaultInstance())
                    .getStringValue();
            if (reference.isEmpty()) {
                return Optional.of(followed);
            }
            Optional<Value> next = reference.startsWith(LOCAL)
                    ? JsonPointer.parse(reference.substring(1)).flatMap(pointer -> pointer.in(root))
                    : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            followed = next.get();
        }
        return Optional.empty();
    }
}
