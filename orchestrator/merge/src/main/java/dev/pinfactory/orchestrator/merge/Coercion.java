package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a scalar fit a schema's type where nothing is lost or guessed:
 *
 * <ul>
 *   <li>a decimal string becomes a number, if it has at most 15 digits, and an integer if it has no fraction but zeros;
 *   <li>a number becomes a decimal string without an exponent;
 *   <li>"true" and "false" become booleans, and back;
 *   <li>a string becomes the allowed value that it equals but for case.
 * </ul>
 *
 * Everything else does not fit: "12,50", "12.50 EUR" and "one" are no numbers.
 */
final class Coercion {
    /** A double keeps 15 decimal digits; with more, the number would not be the one that was read. */
    private static final int EXACT_DIGITS = 15;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");
    private static final double MAX_EXACT_INTEGER = 9_007_199_254_740_992.0;

    private Coercion() {}

    /** The value as one of the types, preferring the one that it has; empty when it fits none. */
    static Optional<Value> to(Set<String> types, List<Value> allowed, Value value) {
        Optional<Value> typed = typed(types, value);
        return allowed.isEmpty() ? typed : typed.flatMap(each -> allowedValue(allowed, each));
    }

    private static Optional<Value> typed(Set<String> types, Value value) {
        if (types.isEmpty() || types.contains(typeOf(value)) || (types.contains("number") && isInteger(value))) {
            return Optional.of(value);
        }
        if (value.hasNumberValue() && types.contains("integer") && isInteger(value)) {
            return Optional.of(value);
        }
        if (types.contains("integer") || types.contains("number")) {
            Optional<Value> number = number(value, !types.contains("number"));
            if (number.isPresent()) {
                return number;
            }
        }
        if (types.contains("boolean") && value.hasStringValue()) {
            String text = value.getStringValue().strip().toLowerCase(Locale.ROOT);
            if (text.equals("true") || text.equals("false")) {
                return Optional.of(Json.of(text.equals("true")));
            }
        }
        return types.contains("string") ? string(value) : Optional.empty();
    }

    private static Optional<Value> number(Value value, boolean integer) {
        String text = value.getStringValue().strip();
        if (!value.hasStringValue() || !DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
        boolean fits = decimal.precision() <= EXACT_DIGITS && (!integer || decimal.scale() <= 0);
        return fits ? Optional.of(Json.of(decimal.doubleValue())) : Optional.empty();
    }

    private static Optional<Value> string(Value value) {
        if (value.hasBoolValue()) {
            return Optional.of(Json.of(Boolean.toString(value.getBoolValue())));
        }
        if (!value.hasNumberValue() || !Double.isFinite(value.getNumberValue())) {
            return Optional.empty();
        }
        BigDecimal decimal = BigDecimal.valueOf(value.getNumberValue()).stripTrailingZeros();
        boolean short_ = Math.abs(decimal.scale()) <= EXACT_DIGITS + 2;
        return short_ ? Optional.of(Json.of(decimal.toPlainString())) : Optional.empty();
    }

    private static Optional<Value> allowedValue(List<Value> allowed, Value value) {
        if (allowed.contains(value)) {
            return Optional.of(value);
        }
        return allowed.stream()
                .filter(each -> each.hasStringValue() && value.hasStringValue())
                .filter(each -> each.getStringValue()
                        .equalsIgnoreCase(value.getStringValue().strip()))
                .findFirst();
    }

    private static boolean isInteger(Value value) {
        double number = value.getNumberValue();
        return value.hasNumberValue() && number == Math.rint(number) && Math.abs(number) <= MAX_EXACT_INTEGER;
    }

    private static String typeOf(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> "string";
            case NUMBER_VALUE -> "number";
            case BOOL_VALUE -> "boolean";
            case STRUCT_VALUE -> "object";
            case LIST_VALUE -> "array";
            case NULL_VALUE, KIND_NOT_SET -> "null";
        };
    }
}
