package dev.pinfactory.proto.type;

import com.google.protobuf.Value;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a JSON value can be. */
public enum JsonKind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL;

    public static final Set<JsonKind> SCALARS = Set.of(STRING, NUMBER, BOOLEAN, NULL);

    static Set<JsonKind> all() {
        return EnumSet.allOf(JsonKind.class);
    }

    /** The kind that a word of JSON Schema's {@code type} stands for. */
    static Optional<JsonKind> named(String type) {
        return switch (type) {
            case "object" -> Optional.of(OBJECT);
            case "array" -> Optional.of(ARRAY);
            case "string" -> Optional.of(STRING);
            case "number", "integer" -> Optional.of(NUMBER);
            case "boolean" -> Optional.of(BOOLEAN);
            case "null" -> Optional.of(NULL);
            default -> Optional.empty();
        };
    }

    public static JsonKind of(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> OBJECT;
            case LIST_VALUE -> ARRAY;
            case STRING_VALUE -> STRING;
            case NUMBER_VALUE -> NUMBER;
            case BOOL_VALUE -> BOOLEAN;
            case NULL_VALUE, KIND_NOT_SET -> NULL;
        };
    }
}
