package dev.pinfactory.proto.card;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.pinfactory.proto.error.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the keys of a tree that a message has no field for, so that a typing error is named with its path instead of being ignored. */
final class UnknownFields {
    private static final String WELL_KNOWN = "google.protobuf.";

    private UnknownFields() {}

    static List<FieldViolation> in(@Nullable Object tree, Descriptor message, String at) {
        List<FieldViolation> violations = new ArrayList<>();
        collect(tree, message, at, violations);
        return violations;
    }

    /** The field of either spelling: as in the .proto file or in protobuf's JSON. */
    static @Nullable FieldDescriptor find(Descriptor message, String name) {
        FieldDescriptor field = message.findFieldByName(name);
        if (field != null) {
            return field;
        }
        for (FieldDescriptor candidate : message.getFields()) {
            if (candidate.getJsonName().equals(name)) {
                return candidate;
            }
        }
        return null;
    }

    /** The message that a field's value is read as; null for scalars and for values that are free JSON. */
    static @Nullable Descriptor messageOf(@Nullable FieldDescriptor field) {
        if (field == null || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
            return null;
        }
        Descriptor message = field.getMessageType();
        return message.getFullName().startsWith(WELL_KNOWN) ? null : message;
    }

    private static void collect(@Nullable Object tree, Descriptor message, String at, List<FieldViolation> violations) {
        if (!(tree instanceof Map<?, ?> map)) {
            return;
        }
        map.forEach((key, value) -> {
            String path = at.isEmpty() ? String.valueOf(key) : at + "." + key;
            FieldDescriptor field = find(message, String.valueOf(key));
            Descriptor inner = messageOf(field);
            if (field == null) {
                violations.add(
                        new FieldViolation(path, "unknown field; " + message.getName() + " has " + names(message)));
            } else if (inner != null && value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), inner, path + "[" + i + "]", violations);
                }
            } else if (inner != null) {
                collect(value, inner, path, violations);
            }
        });
    }

    private static String names(Descriptor message) {
        return String.join(
                ", ", message.getFields().stream().map(FieldDescriptor::getName).toList());
    }
}
