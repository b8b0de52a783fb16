package dev.pinfactory.proto.plan;

import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Sources.Delivered;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.type.JsonKind;
import dev.pinfactory.proto.v1.Condition;
import java.util.Optional;
import java.util.Set;

/** Conditions: on one value of another step, compared with something that it can be compared with. */
final class ConditionRules {
    private static final int MAX_VALUES = 100;

    private final PlanContext context;
    private final Sources sources;

    ConditionRules(PlanContext context, Sources sources) {
        this.context = context;
        this.sources = sources;
    }

    void check(String step, Condition condition) {
        Optional<Delivered> delivered = sources.stepOutput(step, "when.output", condition.getOutput());
        Value value = condition.getValue();
        switch (condition.getOperator()) {
            case OPERATOR_UNSPECIFIED, UNRECOGNIZED -> add(step, "when.operator", "the condition has no operator");
            case EXISTS -> {}
            case EQUALS, NOT_EQUALS -> comparable(step, delivered, value);
            case LESS, GREATER -> {
                if (!value.hasNumberValue() && !value.hasStringValue()) {
                    add(step, "when.value", "LESS and GREATER need a number, a decimal string or an ISO 8601 date");
                } else {
                    comparable(step, delivered, value);
                }
            }
            case IN -> {
                int count = value.getListValue().getValuesCount();
                if (!value.hasListValue() || count == 0 || count > MAX_VALUES) {
                    add(step, "when.value", "IN needs a list of 1 to " + MAX_VALUES + " values");
                } else {
                    value.getListValue().getValuesList().forEach(each -> comparable(step, delivered, each));
                }
            }
        }
        if (delivered.isPresent() && delivered.get().many() && condition.getOperator() != Condition.Operator.EXISTS) {
            context.report.add(step, "when.output", Rule.CARDINALITY, "a list comes; only EXISTS can be asked of one");
        }
    }

    private void comparable(String step, Optional<Delivered> delivered, Value value) {
        JsonKind kind = JsonKind.of(value);
        if (!JsonKind.SCALARS.contains(kind)) {
            add(step, "when.value", "a " + kind + " can't be compared; expected a string, number, boolean or null");
            return;
        }
        // A number also compares with an amount, which is a decimal string.
        Set<JsonKind> wanted = kind == JsonKind.NUMBER ? Set.of(JsonKind.NUMBER, JsonKind.STRING) : Set.of(kind);
        if (delivered.isPresent() && delivered.get().kinds().stream().noneMatch(wanted::contains)) {
            add(
                    step,
                    "when.value",
                    "a " + kind + " is never equal to what stands there: "
                            + delivered.get().kinds().stream().sorted().toList());
        }
    }

    private void add(String step, String field, String message) {
        context.report.add(step, field, Rule.CONDITION, message);
    }
}
