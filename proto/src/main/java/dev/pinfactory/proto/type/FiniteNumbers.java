package dev.pinfactory.proto.type;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds numbers that JSON has no word for, NaN and the infinite ones, in the JSON values of a message. Protobuf carries them ("1e999" in a JSON body is one, too), but
 * whatever holds one can be neither digested nor written. Thread-safe.
 */
public final class FiniteNumbers {
    private static final Map<Descriptor, List<FieldDescriptor>> LEADING = new ConcurrentHashMap<>();

    private FiniteNumbers() {}

    /** The first such number's field, if there is one. */
    public static Optional<FieldViolation> check(Message message) {
        return find(message, "");
    }

    /** @throws PinfactoryException INVALID_ARGUMENT that names the field */
    public static void require(Message message) {
        check(message).ifPresent(violation -> {
            throw PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, violation.field(), violation.description());
        });
    }

    private static Optional<FieldViolation> find(Message message, String at) {
        if (message instanceof Value || message instanceof Struct || message instanceof ListValue) {
            return broken(message, JsonPointer.whole()).map(place -> violation(at, place));
        }
        for (FieldDescriptor field : leading(message.getDescriptorForType())) {
            String path = at.isEmpty() ? field.getName() : at + "." + field.getName();
            Optional<FieldViolation> found = field.isRepeated()
                    ? findEach(message, field, path)
                    : message.hasField(field) ? find((Message) message.getField(field), path) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<FieldViolation> findEach(Message message, FieldDescriptor field, String path) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            Message element = (Message) message.getRepeatedField(field, i);
            Optional<FieldViolation> found = field.isMapField()
                    ? find(
                            (Message) element.getField(inEntry(field, "value")),
                            path + "[" + element.getField(inEntry(field, "key")) + "]")
                    : find(element, path + "[" + i + "]");
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static FieldDescriptor inEntry(FieldDescriptor map, String name) {
        return map.getMessageType().findFieldByName(name);
    }

    private static FieldViolation violation(String at, JsonPointer place) {
        // A task's fields are named without it everywhere else.
        String field = at.startsWith("task.") ? at.substring("task.".length()) : at;
        return new FieldViolation(
                field + place, "is a number that JSON can't say; expected a finite one, at most about 1.8e308");
    }

    private static Optional<JsonPointer> broken(Message json, JsonPointer at) {
        return switch (json) {
            case Struct struct -> broken(struct, at);
            case ListValue list -> broken(list, at);
            case Value value ->
                switch (value.getKindCase()) {
                    case NUMBER_VALUE -> Double.isFinite(value.getNumberValue()) ? Optional.empty() : Optional.of(at);
                    case STRUCT_VALUE -> broken(value.getStructValue(), at);
                    case LIST_VALUE -> broken(value.getListValue(), at);
                    case NULL_VALUE, STRING_VALUE, BOOL_VALUE, KIND_NOT_SET -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Optional<JsonPointer> broken(Struct struct, JsonPointer at) {
        for (Map.Entry<String, Value> field : struct.getFieldsMap().entrySet()) {
            Optional<JsonPointer> found = broken(field.getValue(), at.child(field.getKey()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonPointer> broken(ListValue list, JsonPointer at) {
        for (int i = 0; i < list.getValuesCount(); i++) {
            Optional<JsonPointer> found = broken(list.getValues(i), at.child(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The fields through which a JSON value may be reached. */
    private static List<FieldDescriptor> leading(Descriptor message) {
        List<FieldDescriptor> known = LEADING.get(message);
        if (known != null) {
            return known;
        }
        List<FieldDescriptor> leading = message.getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> reachesJson(field.getMessageType(), new HashSet<>()))
                .toList();
        LEADING.put(message, leading);
        return leading;
    }

    private static boolean reachesJson(Descriptor message, Set<Descriptor> seen) {
        if (message.equals(Value.getDescriptor())
                || message.equals(Struct.getDescriptor())
                || message.equals(ListValue.getDescriptor())) {
            return true;
        }
        return seen.add(message)
                && message.getFields().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .anyMatch(field -> reachesJson(field.getMessageType(), seen));
    }
}
