package dev.pinfactory.specialists.ocr;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;
import java.util.Locale;

/** What was read, as receipts_sroie writes it: that set has everything in upper case, whatever the receipt has. */
final class UpperCase {
    private UpperCase() {}

    /** A text; what is read has no signs that grow in upper case, so places stay right. */
    static Artifact of(Artifact text) {
        return text.toBuilder().setText(upper(text.getText())).build();
    }

    /** Objects with strings in them. */
    static List<Artifact> of(List<Artifact> fields) {
        return fields.stream()
                .map(artifact -> {
                    Struct.Builder upper = Struct.newBuilder();
                    artifact.getJson()
                            .getStructValue()
                            .getFieldsMap()
                            .forEach((key, value) -> upper.putFields(
                                    key,
                                    value.hasStringValue()
                                            ? Value.newBuilder()
                                                    .setStringValue(upper(value.getStringValue()))
                                                    .build()
                                            : value));
                    return artifact.toBuilder()
                            .setJson(Value.newBuilder().setStructValue(upper))
                            .build();
                })
                .toList();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
