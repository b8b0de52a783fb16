package dev.pinfactory.specialists.sdk.serving;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the parameters of a call against the card and fills in defaults. */
final class ParameterCheck {
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,18}(\\.\\d{1,6})?( [A-Z]{3})?");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

    private final List<Parameter> declared;

    ParameterCheck(List<Parameter> declared) {
        this.declared = declared;
    }

    /** The values that the model gets; what is wrong is added to the violations. */
    Map<String, Value> check(Map<String, Value> given, List<FieldViolation> violations) {
        Map<String, Value> checked = new HashMap<>();
        for (Parameter parameter : declared) {
            String name = parameter.getName();
            Value value = given.get(name);
            if (value != null) {
                problem(parameter, value).ifPresent(problem -> violations.add(violation(name, problem)));
                checked.put(name, value);
            } else if (parameter.hasDefaultValue()) {
                checked.put(name, parameter.getDefaultValue());
            } else if (parameter.getRequired()) {
                violations.add(violation(name, "is required"));
            }
        }
        given.keySet().stream()
                .filter(name -> declared.stream()
                        .noneMatch(parameter -> parameter.getName().equals(name)))
                .sorted()
                .forEach(name -> violations.add(violation(
                        name,
                        "is unknown; known are "
                                + declared.stream().map(Parameter::getName).toList())));
        return checked;
    }

    private static FieldViolation violation(String name, String problem) {
        return new FieldViolation("parameters[" + name + "]", problem);
    }

    private static Optional<String> problem(Parameter parameter, Value value) {
        return switch (parameter.getKind()) {
            case NUMBER -> unless(value.hasNumberValue() && Double.isFinite(value.getNumberValue()), value, "a number");
            case INTEGER -> unless(isInteger(value), value, "an integer");
            case BOOLEAN -> unless(value.hasBoolValue(), value, "true or false");
            case DATE -> unless(value.hasStringValue() && isDate(value.getStringValue()), value, "an ISO 8601 date");
            case AMOUNT -> unless(matches(AMOUNT, value), value, "an amount such as '12.50 EUR'");
            case LANGUAGE -> unless(matches(LANGUAGE, value), value, "a BCP 47 language code");
            case FILE_NAME -> unless(matches(FILE_NAME, value), value, "a file name without a path");
            case URL -> unless(value.hasStringValue() && isUrl(value.getStringValue()), value, "an absolute URL");
            case ENUM ->
                unless(
                        value.hasStringValue()
                                && parameter.getAllowedValuesList().contains(value.getStringValue()),
                        value,
                        "one of " + parameter.getAllowedValuesList());
            case STRING, KIND_UNSPECIFIED -> unless(value.hasStringValue(), value, "a string");
            case UNRECOGNIZED -> Optional.of("has a kind that this version of the SDK does not know");
        };
    }

    private static Optional<String> unless(boolean good, Value value, String expected) {
        return good ? Optional.empty() : Optional.of("is " + shown(value) + ", expected " + expected);
    }

    /** Only the kind of text values is shown, since they may be content. */
    private static String shown(Value value) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> "the number " + value.getNumberValue();
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case STRING_VALUE -> "a string of another form";
            case STRUCT_VALUE -> "an object";
            case LIST_VALUE -> "a list";
            case NULL_VALUE, KIND_NOT_SET -> "null";
        };
    }

    private static boolean isInteger(Value value) {
        double number = value.getNumberValue();
        return value.hasNumberValue() && number == Math.rint(number) && Math.abs(number) <= 1L << 53;
    }

    private static boolean matches(Pattern pattern, Value value) {
        return value.hasStringValue() && pattern.matcher(value.getStringValue()).matches();
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isUrl(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
