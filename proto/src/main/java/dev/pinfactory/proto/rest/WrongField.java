package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.error.Expected;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.CodePoints;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds what is wrong in JSON that is refused: protobuf's parser says what it can't take, and not where. So it is given one
 * member after the other, down to the smallest that it refuses. A large body is not searched, and the number of tries has a limit.
 */
public final class WrongField {
    private static final String A_STRING = "a string";
    private static final String AN_OBJECT = "an object";
    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_TRIES = 10_000;
    private static final int QUOTED = 80;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonFormat.Parser PARSER = JsonFormat.parser();

    private int tries;

    private WrongField() {}

    /**
     * The smallest part that a message of this type does not take.
     *
     * @return empty where no single field is wrong, or it is not found within the limits
     */
    public static Optional<FieldViolation> find(String json, Message type) {
        if (json.length() > MAX_BODY) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(json);
            return body.isObject() ? new WrongField().in(body, type, "") : Optional.empty();
        } catch (JacksonException e) {
            // Not JSON at all.
            return Optional.empty();
        }
    }

    private Optional<FieldViolation> in(JsonNode object, Message type, String at) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (isTaken(name, member.getValue(), type)) {
                continue;
            }
            String path = (at.isEmpty() ? "" : at + ".") + CodePoints.shortened(name, QUOTED);
            for (FieldDescriptor field : type.getDescriptorForType().getFields()) {
                if (field.getJsonName().equals(name) || field.getName().equals(name)) {
                    return Optional.of(field(field, name, member.getValue(), type, path));
                }
            }
            String fields = Expected.oneOf(type.getDescriptorForType().getFields().stream()
                    .map(FieldDescriptor::getJsonName)
                    .toList());
            String message = type.getDescriptorForType().getName();
            return Optional.of(new FieldViolation(path, "is not a field of " + message + "; " + fields));
        }
        return Optional.empty();
    }

    private FieldViolation field(FieldDescriptor field, String name, JsonNode value, Message parent, String at) {
        if (field.isMapField() && value.isObject()) {
            FieldDescriptor values = field.getMessageType().findFieldByName("value");
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                JsonNode alone = JSON.createObjectNode().set(entry.getKey(), entry.getValue());
                if (!isTaken(name, alone, parent)) {
                    return new FieldViolation(
                            at + "[" + CodePoints.shortened(entry.getKey(), QUOTED) + "]",
                            said(values, entry.getValue()));
                }
            }
        }
        if (field.isRepeated() && !field.isMapField() && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                JsonNode alone = JSON.createArrayNode().add(value.get(i));
                if (!isTaken(name, alone, parent)) {
                    return single(field, value.get(i), parent, at + "[" + i + "]");
                }
            }
        }
        if (!field.isRepeated()) {
            return single(field, value, parent, at);
        }
        boolean isOfThatKind = field.isMapField() ? value.isObject() : value.isArray();
        String expected = field.isMapField() ? AN_OBJECT : "a list";
        return new FieldViolation(
                at, isOfThatKind ? "has an entry that it does not take" : kind(value) + " came; expected " + expected);
    }

    private FieldViolation single(FieldDescriptor field, JsonNode value, Message parent, String at) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && value.isObject()) {
            Message type = parent.newBuilderForType().newBuilderForField(field).getDefaultInstanceForType();
            Optional<FieldViolation> inside = isOurs(field) ? in(value, type, at) : Optional.<FieldViolation>empty();
            if (inside.isPresent()) {
                return inside.get();
            }
        }
        return new FieldViolation(at, said(field, value));
    }

    private static boolean isOurs(FieldDescriptor field) {
        return !field.getMessageType().getFile().getPackage().equals("google.protobuf");
    }

    private boolean isTaken(String name, JsonNode value, Message type) {
        if (++tries > MAX_TRIES) {
            return true;
        }
        try {
            JsonNode alone = JSON.createObjectNode().set(name, value);
            PARSER.merge(alone.toString(), type.newBuilderForType());
            return true;
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            return false;
        }
    }

    private static String said(FieldDescriptor field, JsonNode value) {
        String expected = expected(field);
        boolean ofAnyLength = expected.equals(A_STRING) || expected.equals(AN_OBJECT);
        return (ofAnyLength ? kind(value) : quoted(value)) + " came; expected " + expected;
    }

    /** Of what may be somebody's text: errors end up in logs of callers. */
    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> AN_OBJECT;
            case STRING, BINARY -> A_STRING;
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
        };
    }

    private static String quoted(JsonNode value) {
        return CodePoints.shortened(value.toString(), QUOTED);
    }

    private static String expected(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> "a whole number";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> A_STRING;
            case BYTE_STRING -> "a string in base64";
            case ENUM ->
                "one of "
                        + String.join(
                                ", ",
                                field.getEnumType().getValues().stream()
                                        .filter(value -> value.getNumber() > 0)
                                        .map(EnumValueDescriptor::getName)
                                        .toList());
            case MESSAGE -> expected(field.getMessageType().getFullName());
        };
    }

    private static String expected(String message) {
        if (message.equals(Timestamp.getDescriptor().getFullName())) {
            return "a time such as \"2026-01-31T12:00:00Z\"";
        }
        return message.equals(Duration.getDescriptor().getFullName())
                ? "a duration in seconds such as \"1.5s\""
                : AN_OBJECT;
    }
}
