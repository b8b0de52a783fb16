package dev.pinfactory.orchestrator.service.rest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.rest.ResultJson;
import dev.pinfactory.proto.rest.WrongField;
import dev.pinfactory.proto.type.FiniteNumbers;
import dev.pinfactory.proto.v1.TaskResult;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Protobuf's JSON mapping: default values written out, unknown fields refused by name, depth bounded before anything is built. */
final class ProtoJson {
    static final int MAX_DEPTH = 100;

    /** What the parser says of syntax; the rest of its messages quotes the body, and links to its own documentation. */
    private static final Pattern SYNTAX = Pattern.compile("[A-Z][\\w ]{1,80} at line \\d+ column \\d+");

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().alwaysPrintFieldsWithNoPresence();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    private ProtoJson() {}

    static String write(MessageOrBuilder message) {
        try {
            return message instanceof TaskResult result ? ResultJson.print(result) : PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON string. */
    static String quoted(String text) {
        return line(com.google.protobuf.Value.newBuilder().setStringValue(text));
    }

    /** On one line. */
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
        String text = decoded(json);
        try {
            PARSER.merge(text, into);
        } catch (InvalidProtocolBufferException e) {
            Matcher syntax = SYNTAX.matcher(String.valueOf(e.getMessage()));
            throw refused(text, into, syntax.find() ? ": " + syntax.group() : "");
        } catch (RuntimeException e) {
            // Some malformed numbers and strings come out of the parser as runtime exceptions.
            throw refused(text, into, "");
        }
        FiniteNumbers.require(into.build());
    }

    private static String decoded(byte[] json) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("body", "is not UTF-8");
        }
    }

    private static PinfactoryException refused(String text, Message.Builder into, String said) {
        return WrongField.find(text, into.getDefaultInstanceForType())
                .map(wrong -> invalid(wrong.field(), wrong.description()))
                .orElseGet(() -> invalid("body", "is not JSON of the expected shape" + said));
    }

    private static PinfactoryException invalid(String field, String description) {
        return PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, field, description);
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
