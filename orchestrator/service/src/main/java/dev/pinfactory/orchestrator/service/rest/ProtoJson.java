package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Protobuf's JSON mapping: default values written out, unknown fields refused by name, depth bounded before anything is built. */
final class ProtoJson {
    static final int MAX_DEPTH = 100;

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final Pattern UNKNOWN_FIELD = Pattern.compile("Cannot find field: (\\S+) in message (\\S+)");
    private static final int MAX_MESSAGE = 300;

    private ProtoJson() {}

    static String write(MessageOrBuilder message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON string. */
    static String quoted(String text) {
        return line(com.google.protobuf.Value.newBuilder().setStringValue(text));
    }

    /** On one line, for server-sent events. */
    static String line(MessageOrBuilder message) {
        try {
            return PRINTER.omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws PinfactoryException INVALID_ARGUMENT that says what is wrong with the JSON */
    static void read(byte[] json, Message.Builder into) {
        requireShallow(json);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(json))
                    .toString();
            PARSER.merge(text, into);
        } catch (CharacterCodingException e) {
            throw invalid("body", "is not UTF-8");
        } catch (InvalidProtocolBufferException e) {
            throw refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Some malformed numbers and strings come out of the parser as runtime exceptions.
            throw invalid("body", "is not JSON of the expected shape");
        }
    }

    private static PinfactoryException refused(String message) {
        Matcher unknown = UNKNOWN_FIELD.matcher(message);
        if (unknown.find()) {
            String type = unknown.group(2).substring(unknown.group(2).lastIndexOf('.') + 1);
            return invalid(shorten(unknown.group(1)), "is not a field of " + type);
        }
        String said = message.replaceFirst("^[\\w.]+Exception: ", "");
        return invalid("body", "is not JSON of the expected shape: " + shorten(said));
    }

    private static PinfactoryException invalid(String field, String description) {
        return new PinfactoryException(
                ErrorCode.INVALID_ARGUMENT,
                field + ": " + description,
                List.of(new FieldViolation(field, description)));
    }

    private static String shorten(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
    }

    /** Counts brackets outside strings, which costs nothing, instead of finding out in a parser that recurses. */
    private static void requireShallow(byte[] json) {
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length; i++) {
            byte c = json[i];
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw invalid("body", "is nested deeper than " + MAX_DEPTH + " levels");
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }
}
