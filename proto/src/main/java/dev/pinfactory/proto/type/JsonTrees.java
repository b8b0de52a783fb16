package dev.pinfactory.proto.type;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Protobuf's JSON values as Jackson trees, which the schema validator reads. */
final class JsonTrees {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double EXACT = 1L << 53;

    private JsonTrees() {}

    static JsonNode of(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> of(value.getStructValue());
            case LIST_VALUE -> {
                ArrayNode array = NODES.arrayNode(value.getListValue().getValuesCount());
                value.getListValue().getValuesList().forEach(element -> array.add(of(element)));
                yield array;
            }
            case STRING_VALUE -> NODES.stringNode(value.getStringValue());
            case NUMBER_VALUE -> number(value.getNumberValue());
            case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
            case NULL_VALUE, KIND_NOT_SET -> NODES.nullNode();
        };
    }

    static ObjectNode of(Struct struct) {
        ObjectNode object = NODES.objectNode();
        struct.getFieldsMap().forEach((name, value) -> object.set(name, of(value)));
        return object;
    }

    /** A Struct has doubles only; a whole one is an integer for the schema. */
    private static JsonNode number(double number) {
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? NODES.numberNode((long) number)
                : NODES.numberNode(number);
    }
}
