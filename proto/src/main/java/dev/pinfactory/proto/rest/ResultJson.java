package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.TaskResult;

/**
 * A result in protobuf's JSON mapping with every field written out. The mapping leaves unset messages out even where default values are
 * printed; here they are {@code null}, which it reads as unset, so that {@code output} and {@code plan} can be asked for in every result.
 */
public final class ResultJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private ResultJson() {}

    public static String print(TaskResult result) {
        try {
            String json = PRINTER.print(result);
            StringBuilder complete =
                    new StringBuilder(json.substring(0, json.lastIndexOf('}')).stripTrailing());
            for (FieldDescriptor field : TaskResult.getDescriptor().getFields()) {
                if (field.hasPresence() && !result.hasField(field)) {
                    complete.append(",\n  \"").append(field.getJsonName()).append("\": null");
                }
            }
            return complete.append("\n}").toString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a result that JSON can't write", e);
        }
    }
}
