package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;

/**
 * A result in protobuf's JSON mapping with every field written out. The mapping leaves unset messages out even where default values are
 * printed; here they are {@code null}, which it reads as unset, so that {@code output} and {@code plan} can be asked for in every result.
 */
public final class ResultJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
    private static final JsonFormat.Printer LINE_PRINTER = PRINTER.omittingInsignificantWhitespace();

    private ResultJson() {}

    public static String print(TaskResult result) {
        return print(result, PRINTER, ",\n  ", ": ", "\n");
    }

    /** An event on one line, for server-sent events; the result in the last one has the form it has everywhere. */
    public static String line(TaskEvent event) {
        try {
            if (!event.hasEnded()) {
                return LINE_PRINTER.print(event);
            }
            String rest = LINE_PRINTER.print(event.toBuilder().clearEnded());
            return rest.substring(0, rest.lastIndexOf('}')) + ",\"ended\":"
                    + print(event.getEnded(), LINE_PRINTER, ",", ":", "") + "}";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("an event that JSON can't write", e);
        }
    }

    private static String print(TaskResult result, JsonFormat.Printer printer, String comma, String colon, String end) {
        try {
            String json = printer.print(result);
            StringBuilder complete =
                    new StringBuilder(json.substring(0, json.lastIndexOf('}')).stripTrailing());
            for (FieldDescriptor field : TaskResult.getDescriptor().getFields()) {
                if (field.hasPresence() && !result.hasField(field)) {
                    complete.append(comma)
                            .append('"')
                            .append(field.getJsonName())
                            .append('"')
                            .append(colon)
                            .append("null");
                }
            }
            return complete.append(end).append('}').toString();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a result that JSON can't write", e);
        }
    }
}
