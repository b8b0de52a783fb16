package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.pinfactory.proto.v1.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plans mutated at random, by their descriptors: the validator always answers, and every answer is a list of violations. */
class RandomPlanTest {
    private static final int PLANS = 20_000;
    private static final List<String> NAMES = List.of(
            "",
            "ocr",
            "fields",
            "translate",
            "in",
            "out",
            "scan",
            "scans",
            "letter",
            "/total",
            "/",
            "~",
            "/a~1b",
            "receipt-fields",
            "join",
            "split",
            "llm",
            "*",
            "\ud83d",
            "x".repeat(300));

    @Test
    void randomlyMutatedPlansAreAlwaysAnswered() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        PlanValidator validator = new PlanValidator(Plans.CONTRACTS);
        int refused = 0;
        for (int i = 0; i < PLANS; i++) {
            Plan.Builder plan = Plans.valid();
            int mutations = 1 + random.nextInt(8);
            for (int m = 0; m < mutations; m++) {
                mutate(plan, random, 0);
            }
            List<Violation> violations = validator.validate(plan.build(), Plans.task());
            assertThat(violations)
                    .allSatisfy(violation -> assertThat(violation.message()).isNotBlank());
            refused += violations.isEmpty() ? 0 : 1;
        }
        assertThat(refused).isBetween(PLANS / 4, PLANS - 1);
    }

    private static void mutate(Message.Builder message, Random random, int depth) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        if (fields.isEmpty()) {
            return;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        if (field.isMapField() || depth > 12) {
            return;
        }
        if (!field.isRepeated()) {
            if (field.getJavaType() == JavaType.MESSAGE && random.nextInt(6) > 0) {
                mutate(message.getFieldBuilder(field), random, depth + 1);
            } else if (field.getJavaType() != JavaType.MESSAGE) {
                message.setField(field, scalar(field, random));
            } else {
                message.clearField(field);
            }
            return;
        }
        int count = message.getRepeatedFieldCount(field);
        if (field.getJavaType() != JavaType.MESSAGE) {
            message.addRepeatedField(field, scalar(field, random));
        } else if (count > 0 && random.nextInt(4) > 0) {
            mutate(message.getRepeatedFieldBuilder(field, random.nextInt(count)), random, depth + 1);
        } else if (count > 0 && random.nextBoolean()) {
            message.addRepeatedField(field, message.getRepeatedField(field, random.nextInt(count)));
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
            case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(80);
            case LONG -> random.nextLong();
            case DOUBLE -> random.nextInt(3) == 0 ? Double.NaN : random.nextDouble() * 1.2;
            case FLOAT -> random.nextFloat();
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case BYTE_STRING -> com.google.protobuf.ByteString.EMPTY;
            case MESSAGE -> throw new IllegalStateException("not a scalar");
        };
    }
}
