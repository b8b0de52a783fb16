package dev.pinfactory.proto.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schemas of messages in protobuf's JSON mapping, each under its name, those of the fields included. */
final class MessageSchemas {
    private final Comments comments;
    private final Map<String, Object> schemas = new TreeMap<>();

    MessageSchemas(Comments comments) {
        this.comments = comments;
    }

    /** By name, for {@code components/schemas}. */
    Map<String, Object> all() {
        return schemas;
    }

    /** A reference to the schema of a message, which is added if it is not there yet. */
    Map<String, Object> reference(Descriptor message) {
        String name = name(message);
        if (!schemas.containsKey(name)) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schemas.put(name, schema);
            schema.put("type", "object");
            comments.of(message).ifPresent(text -> schema.put("description", text));
            Map<String, Object> properties = new LinkedHashMap<>();
            message.getFields()
                    .forEach(field -> properties.put(
                            field.getJsonName(), isWrittenAsNull(field) ? nullable(field) : field(field)));
            if (!properties.isEmpty()) {
                schema.put("properties", properties);
            }
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** The schema of a field, with its comment. */
    Map<String, Object> field(FieldDescriptor field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (field.isMapField()) {
            schema.put("type", "object");
            schema.put("additionalProperties", single(field.getMessageType().findFieldByName("value")));
        } else if (field.isRepeated()) {
            schema.put("type", "array");
            schema.put("items", single(field));
        } else {
            schema.putAll(single(field));
        }
        comments.of(field).ifPresent(text -> schema.put("description", text));
        return schema;
    }

    /** What is unset in a result: see {@link ResultJson}. */
    private static boolean isWrittenAsNull(FieldDescriptor field) {
        return field.getContainingType().equals(TaskResult.getDescriptor()) && field.hasPresence();
    }

    private Map<String, Object> nullable(FieldDescriptor field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(single(field), Map.of("type", "null")));
        comments.of(field).ifPresent(text -> schema.put("description", text));
        return schema;
    }

    private Map<String, Object> single(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE, GROUP -> message(field.getMessageType());
            case ENUM -> enumeration(field.getEnumType());
            case STRING -> Map.of("type", "string");
            case BYTES -> Map.of("type", "string", "contentEncoding", "base64");
            case BOOL -> Map.of("type", "boolean");
            case DOUBLE, FLOAT -> Map.of("type", "number");
            case INT32, SINT32, SFIXED32, UINT32, FIXED32 -> Map.of("type", "integer", "format", "int32");
            // Protobuf's JSON writes 64-bit integers as strings and reads both.
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                Map.of("type", List.of("string", "integer"), "format", "int64");
        };
    }

    private Map<String, Object> message(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp" -> Map.of("type", "string", "format", "date-time");
            case "google.protobuf.Duration" ->
                Map.of("type", "string", "pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$", "examples", List.of("1.5s"));
            case "google.protobuf.Struct" -> Map.of("type", "object", "additionalProperties", true);
            // Any JSON value at all: a schema without conditions.
            case "google.protobuf.Value" -> Map.of("title", "any JSON value");
            case "google.protobuf.ListValue" -> Map.of("type", "array");
            case "google.protobuf.Empty" -> Map.of("type", "object");
            default -> reference(message);
        };
    }

    private static Map<String, Object> enumeration(EnumDescriptor type) {
        return Map.of(
                "type",
                "string",
                "enum",
                type.getValues().stream().map(EnumValueDescriptor::getName).toList());
    }

    /** The name without its package, nested ones with dots: "TaskResult", "Version.State". */
    private static String name(Descriptor message) {
        return message.getFullName().substring(message.getFile().getPackage().length() + 1);
    }
}
