package dev.pinfactory.specialists.tabular;

import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import org.jspecify.annotations.Nullable;

/** Cells as protobuf's JSON values. */
final class Cells {
    private Cells() {}

    static Value of(@Nullable Object cell) {
        return switch (cell) {
            case Double number -> number(number);
            case String text -> text(text);
            case null, default ->
                Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        };
    }

    static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
