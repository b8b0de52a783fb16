package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Condition;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Whether a step's condition holds. Numbers and decimal strings compare as numbers (amounts are decimal strings), other strings by their
 * characters, which is right for ISO dates. Values that can't be compared are neither less nor greater nor equal.
 */
final class ConditionRule {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

    private ConditionRule() {}

    /** @param actual what the condition's pointer leads to; empty when it leads nowhere */
    static boolean holds(Condition condition, Optional<Value> actual) {
        Optional<Value> present = actual.filter(value -> !value.hasNullValue());
        Value wanted = condition.getValue();
        return switch (condition.getOperator()) {
            case EXISTS -> present.isPresent();
            case EQUALS -> actual.isPresent() && equal(actual.get(), wanted);
            case NOT_EQUALS -> actual.isEmpty() || !equal(actual.get(), wanted);
            case IN ->
                actual.isPresent()
                        && wanted.getListValue().getValuesList().stream().anyMatch(each -> equal(actual.get(), each));
            case LESS -> present.isPresent() && order(present.get(), wanted).orElse(0) < 0;
            case GREATER -> present.isPresent() && order(present.get(), wanted).orElse(0) > 0;
            case OPERATOR_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static boolean equal(Value a, Value b) {
        if (a.equals(b)) {
            return true;
        }
        boolean oneIsNumber = a.hasNumberValue() || b.hasNumberValue();
        return oneIsNumber && order(a, b).orElse(1) == 0;
    }

    private static OptionalInt order(Value a, Value b) {
        Optional<BigDecimal> left = number(a);
        Optional<BigDecimal> right = number(b);
        if (left.isPresent() && right.isPresent()) {
            return OptionalInt.of(left.get().compareTo(right.get()));
        }
        boolean strings = a.hasStringValue() && b.hasStringValue();
        return strings ? OptionalInt.of(a.getStringValue().compareTo(b.getStringValue())) : OptionalInt.empty();
    }

    private static Optional<BigDecimal> number(Value value) {
        if (value.hasNumberValue() && Double.isFinite(value.getNumberValue())) {
            return Optional.of(BigDecimal.valueOf(value.getNumberValue()));
        }
        boolean decimal = value.hasStringValue()
                && DECIMAL.matcher(value.getStringValue()).matches();
        return decimal ? Optional.of(new BigDecimal(value.getStringValue())) : Optional.empty();
    }
}
