package dev.pinfactory.faults.security;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.pinfactory.proto.v1.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes a plan, or any other message, anywhere by its descriptors, with names that mean something where a plan will run. */
public final class Mutations {
    private static final int DEEPEST = 12;
    private static final int MAX_MUTATIONS = 6;
    private static final List<String> NAMES = List.of(
            "",
            "note",
            "notes",
            "record",
            "scan",
            "text",
            "parts",
            "body",
            "result",
            "fields",
            "thing",
            "other",
            "echo",
            "mirror",
            "double",
            "split",
            "join",
            "archive",
            "translate",
            "send",
            "public",
            "model",
            "s1",
            "s2",
            "s3",
            "language",
            "tone",
            "lines",
            "before",
            "address",
            "/total",
            "/lines",
            "/lines/0",
            "/0",
            "/name",
            "/",
            "~",
            "*",
            "Send",
            "send ",
            "ѕend",
            "send\u0000",
            "send@1",
            "../send",
            "local",
            "\ud83d",
            "1000000000");

    private Mutations() {}

    public static void mutate(Message.Builder message, Random random) {
        int count = 1 + random.nextInt(MAX_MUTATIONS);
        for (int i = 0; i < count; i++) {
            mutate(message, random, 0);
        }
    }

    /** Whatever the descriptors allow. */
    static Plan random(Random random) {
        Plan.Builder plan = Plan.newBuilder();
        fill(plan, random, 0);
        return plan.build();
    }

    private static void fill(Message.Builder message, Random random, int depth) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (random.nextInt(3) > 0) {
                fill(message, field, random, depth);
            }
        }
        if (random.nextInt(20) == 0) {
            message.setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            1 + random.nextInt(1000),
                            UnknownFieldSet.Field.newBuilder()
                                    .addVarint(random.nextLong())
                                    .build())
                    .build());
        }
    }

    /** One field, with whatever its descriptor allows. */
    public static void fill(Message.Builder message, FieldDescriptor field, Random random) {
        fill(message, field, random, 1);
    }

    private static void fill(Message.Builder message, FieldDescriptor field, Random random, int depth) {
        if (field.isMapField()) {
            return;
        }
        int count = field.isRepeated() ? random.nextInt(4) : 1;
        for (int i = 0; i < count; i++) {
            if (field.getJavaType() == JavaType.MESSAGE && depth < DEEPEST / 2) {
                Message.Builder inner = message.newBuilderForField(field);
                fill(inner, random, depth + 1);
                put(message, field, inner.build());
            } else if (field.getJavaType() != JavaType.MESSAGE) {
                put(message, field, scalar(field, random));
            }
        }
    }

    private static void put(Message.Builder message, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            message.addRepeatedField(field, value);
        } else {
            message.setField(field, value);
        }
    }

    private static void mutate(Message.Builder message, Random random, int depth) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        if (fields.isEmpty() || depth > DEEPEST) {
            return;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (!field.isRepeated()) {
            if (field.getJavaType() != JavaType.MESSAGE) {
                message.setField(field, scalar(field, random));
            } else if (random.nextInt(6) > 0) {
                mutate(message.getFieldBuilder(field), random, depth + 1);
            } else {
                message.clearField(field);
            }
            return;
        }
        int count = message.getRepeatedFieldCount(field);
        if (field.getJavaType() != JavaType.MESSAGE) {
            message.addRepeatedField(field, scalar(field, random));
        } else if (!field.isMapField() && count > 0 && random.nextInt(4) > 0) {
            mutate(message.getRepeatedFieldBuilder(field, random.nextInt(count)), random, depth + 1);
        } else if (count > 0 && random.nextBoolean()) {
            message.addRepeatedField(field, message.getRepeatedField(field, random.nextInt(count)));
        } else if (random.nextBoolean()) {
            Message.Builder inner = message.newBuilderForField(field);
            fill(inner, random, DEEPEST / 2 - 1);
            message.addRepeatedField(field, inner.build());
        } else {
            List<Object> kept = new ArrayList<>();
            for (int i = 0; i + 1 < count; i++) {
                kept.add(message.getRepeatedField(field, i));
            }
            message.setField(field, kept);
        }
    }

    private static Object scalar(FieldDescriptor field, Random random) {
        return switch (field.getJavaType()) {
            case STRING -> NAMES.get(random.nextInt(NAMES.size()));
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100);
            case LONG -> random.nextLong();
            case DOUBLE -> random.nextInt(4) == 0 ? Double.NaN : random.nextDouble() * 1.1;
            case FLOAT -> random.nextFloat();
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case BYTE_STRING -> ByteString.EMPTY;
            case MESSAGE -> throw new IllegalStateException("not a scalar");
        };
    }
}
