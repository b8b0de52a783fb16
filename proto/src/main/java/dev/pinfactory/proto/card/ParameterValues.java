package dev.pinfactory.proto.card;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Parameter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.regex.Pattern;

/** What a parameter says of its own values: the default has its kind, the allowed values are there for ENUM and only there. */
final class ParameterValues {
    private static final int MAX_ALLOWED = 500;
    private static final int MAX_VALUE = 200;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");

    private ParameterValues() {}

    static void check(CardFields fields, Parameter parameter, String at) {
        if (parameter.getKind() == Parameter.Kind.UNRECOGNIZED) {
            fields.add(at + ".kind", "is not a kind of parameter");
            return;
        }
        boolean isEnum = parameter.getKind() == Parameter.Kind.ENUM;
        if (isEnum == (parameter.getAllowedValuesCount() == 0)) {
            fields.add(
                    at + ".allowed_values",
                    isEnum ? "is empty; ENUM needs its values" : "only a parameter of kind ENUM has allowed values");
        }
        fields.atMost(at + ".allowed_values", parameter.getAllowedValuesCount(), MAX_ALLOWED, "values");
        HashSet<String> seen = new HashSet<>();
        for (String value : parameter.getAllowedValuesList()) {
            fields.text(at + ".allowed_values", value, MAX_VALUE, false);
            if (value.isBlank() || !seen.add(value)) {
                fields.add(at + ".allowed_values", CardFields.quoted(value) + " is empty or there twice");
            }
        }
        if (parameter.hasDefaultValue() && !hasKind(parameter, parameter.getDefaultValue())) {
            fields.add(at + ".default_value", "is not a " + parameter.getKind());
        }
    }

    private static boolean hasKind(Parameter parameter, Value value) {
        String text = value.getStringValue();
        return switch (parameter.getKind()) {
            case KIND_UNSPECIFIED, STRING, FILE_NAME, URL -> value.hasStringValue();
            case INTEGER ->
                value.hasStringValue()
                        ? INTEGER.matcher(text).matches()
                        : value.hasNumberValue() && value.getNumberValue() == Math.rint(value.getNumberValue());
            case NUMBER -> value.hasNumberValue() && Double.isFinite(value.getNumberValue());
            case BOOLEAN -> value.hasBoolValue();
            case DATE -> value.hasStringValue() && isDate(text);
            case AMOUNT -> isAmount(value.getStructValue());
            case LANGUAGE -> LANGUAGE.matcher(text).matches();
            case ENUM ->
                value.hasStringValue() && parameter.getAllowedValuesList().contains(text);
            case UNRECOGNIZED -> false;
        };
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isAmount(Struct amount) {
        Value none = Value.getDefaultInstance();
        return DECIMAL.matcher(amount.getFieldsOrDefault("value", none).getStringValue())
                        .matches()
                && CURRENCY.matcher(amount.getFieldsOrDefault("currency", none).getStringValue())
                        .matches();
    }
}
