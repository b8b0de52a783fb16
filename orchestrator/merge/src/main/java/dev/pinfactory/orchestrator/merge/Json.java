package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Comparator;
import java.util.TreeMap;

/** JSON values in one form: properties sorted. */
final class Json {
    static final Value NULL =
            Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

    /** Any total order will do, as long as it does not depend on who came first. */
    static final Comparator<Value> ORDER = Comparator.comparing(Json::text);

    private Json() {}

    static Value of(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    static Value of(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    static Value of(boolean bool) {
        return Value.newBuilder().setBoolValue(bool).build();
    }

    static Value object(TreeMap<String, Value> fields) {
        Struct.Builder struct = Struct.newBuilder();
        fields.forEach(struct::putFields);
        return Value.newBuilder().setStructValue(struct).build();
    }

    static boolean isNull(Value value) {
        return value.hasNullValue() || value.getKindCase() == Value.KindCase.KIND_NOT_SET;
    }

    /** The value with sorted properties, and null for what has no kind. */
    static Value sorted(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                Struct.Builder struct = Struct.newBuilder();
                new TreeMap<>(value.getStructValue().getFieldsMap())
                        .forEach((key, child) -> struct.putFields(key, sorted(child)));
                yield Value.newBuilder().setStructValue(struct).build();
            }
            case LIST_VALUE -> {
                ListValue.Builder list = ListValue.newBuilder();
                value.getListValue().getValuesList().forEach(child -> list.addValues(sorted(child)));
                yield Value.newBuilder().setListValue(list).build();
            }
            case KIND_NOT_SET -> NULL;
            case NULL_VALUE, NUMBER_VALUE, STRING_VALUE, BOOL_VALUE -> value;
        };
    }

    /** Distinct for distinct values. */
    static String text(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                StringBuilder text = new StringBuilder("{");
                new TreeMap<>(value.getStructValue().getFieldsMap())
                        .forEach((key, child) -> text.append(quoted(key))
                                .append(':')
                                .append(text(child))
                                .append(','));
                yield text.append('}').toString();
            }
            case LIST_VALUE -> {
                StringBuilder text = new StringBuilder("[");
                value.getListValue()
                        .getValuesList()
                        .forEach(child -> text.append(text(child)).append(','));
                yield text.append(']').toString();
            }
            case STRING_VALUE -> quoted(value.getStringValue());
            case NUMBER_VALUE -> Double.toString(value.getNumberValue() + 0.0);
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case NULL_VALUE, KIND_NOT_SET -> "null";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
