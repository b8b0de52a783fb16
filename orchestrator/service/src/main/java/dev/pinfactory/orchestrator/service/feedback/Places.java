package dev.pinfactory.orchestrator.service.feedback;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and exchanges values by their place. */
final class Places {
    private Places() {}

    /** The document with another value at a place; empty where neither the place nor, for a property, its parent is there. */
    static Optional<Value> with(Value document, JsonPointer at, Value value) {
        return with(document, at.tokens(), value);
    }

    private static Optional<Value> with(Value document, List<String> tokens, Value value) {
        if (tokens.isEmpty()) {
            return Optional.of(value);
        }
        String token = tokens.getFirst();
        List<String> rest = tokens.subList(1, tokens.size());
        return switch (document.getKindCase()) {
            case STRUCT_VALUE -> inStruct(document.getStructValue(), token, rest, value);
            case LIST_VALUE -> inList(document.getListValue(), token, rest, value);
            case NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE, KIND_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<Value> inStruct(Struct struct, String token, List<String> rest, Value value) {
        Value child = struct.getFieldsMap().get(token);
        if (child == null && !rest.isEmpty()) {
            return Optional.empty();
        }
        return with(child == null ? Value.getDefaultInstance() : child, rest, value)
                .map(changed -> Value.newBuilder()
                        .setStructValue(struct.toBuilder().putFields(token, changed))
                        .build());
    }

    private static Optional<Value> inList(ListValue list, String token, List<String> rest, Value value) {
        int index = JsonPointer.index(token);
        if (index < 0 || index >= list.getValuesCount()) {
            return Optional.empty();
        }
        return with(list.getValues(index), rest, value)
                .map(changed -> Value.newBuilder()
                        .setListValue(list.toBuilder().setValues(index, changed))
                        .build());
    }

    /** What has no kind is null; else the two are the same. */
    static Value orNull(Value value) {
        return value.getKindCase() == Value.KindCase.KIND_NOT_SET
                ? Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build()
                : value;
    }

    /** The values that have no parts, by their place; an empty object or list is one, too. */
    static Map<String, Value> leaves(JsonPointer at, Value value) {
        Map<String, Value> leaves = new TreeMap<>();
        collect(at, value, leaves);
        return leaves;
    }

    private static void collect(JsonPointer at, Value value, Map<String, Value> leaves) {
        Struct struct = value.getStructValue();
        ListValue list = value.getListValue();
        if (struct.getFieldsCount() == 0 && list.getValuesCount() == 0) {
            leaves.put(at.toString(), orNull(value));
        }
        struct.getFieldsMap().forEach((name, child) -> collect(at.child(name), child, leaves));
        for (int i = 0; i < list.getValuesCount(); i++) {
            collect(at.child(i), list.getValues(i), leaves);
        }
    }
}
