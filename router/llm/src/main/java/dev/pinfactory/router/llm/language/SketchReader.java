package dev.pinfactory.router.llm.language;

import dev.pinfactory.proto.v1.Condition.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads the plan language strictly: unknown fields, wrong types and anything over its limit are problems, and all of them are found, because there is
 * one chance to have them repaired.
 */
final class SketchReader {
    private static final int MAX_STEPS = 64;
    private static final int MAX_OUTPUTS = 256;
    private static final int MAX_LIST = 32;
    private static final int MAX_NAME = 256;
    private static final int MAX_TEXT = 2_000;
    private static final Pattern STEP_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> OPERATORS = Set.of("EQUALS", "NOT_EQUALS", "IN", "LESS", "GREATER", "EXISTS");

    private final List<String> problems = new ArrayList<>();

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** What could be read; worth something only without problems. */
    Sketch read(JsonNode root) {
        if (!root.has("steps")) {
            problems.add("'steps' is missing; give an empty list where nothing can be done");
        }
        known(root, "the plan", Set.of("steps", "output", "not_possible"));
        return new Sketch(
                list(root, "", "steps", MAX_STEPS, this::step),
                list(root, "", "output", MAX_OUTPUTS, this::delivery),
                list(root, "", "not_possible", MAX_LIST, this::notPossible));
    }

    private Sketch.Step step(JsonNode node, String at) {
        known(
                node,
                at,
                Set.of(
                        "name",
                        "specialist",
                        "inputs",
                        "parameters",
                        "for_each",
                        "when",
                        "deliver",
                        "asked_by",
                        "reason"));
        String name = required(node, at, "name", MAX_NAME);
        if (!name.isEmpty() && !STEP_NAME.matcher(name).matches()) {
            problems.add(at + ".name has to be 1 to 64 letters, digits, '-' or '_'");
        }
        JsonNode deliver = node.path("deliver");
        if (!deliver.isBoolean()) {
            problems.add(at + ".deliver has to be true or false");
        }
        return new Sketch.Step(
                name,
                required(node, at, "specialist", MAX_NAME),
                list(node, at, "inputs", MAX_LIST, this::feed),
                list(node, at, "parameters", MAX_LIST, this::setting),
                text(node, at, "for_each", MAX_NAME),
                present(node, "when") ? Optional.of(test(node.path("when"), at + ".when")) : Optional.empty(),
                deliver.isBoolean() && deliver.booleanValue(),
                text(node, at, "asked_by", MAX_TEXT),
                text(node, at, "reason", MAX_TEXT));
    }

    private Sketch.Feed feed(JsonNode node, String at) {
        known(node, at, Set.of("port", "from"));
        return new Sketch.Feed(required(node, at, "port", MAX_NAME), texts(node, at, "from"));
    }

    private Sketch.Setting setting(JsonNode node, String at) {
        known(node, at, Set.of("parameter", "quote"));
        return new Sketch.Setting(required(node, at, "parameter", MAX_NAME), required(node, at, "quote", MAX_TEXT));
    }

    private Sketch.Test test(JsonNode node, String at) {
        known(node, at, Set.of("output", "operator", "quotes"));
        String operator = required(node, at, "operator", MAX_NAME);
        boolean known = OPERATORS.contains(operator);
        if (!known && !operator.isEmpty()) {
            problems.add(at + ".operator has to be one of "
                    + OPERATORS.stream().sorted().toList());
        }
        return new Sketch.Test(
                required(node, at, "output", MAX_TEXT),
                known ? Operator.valueOf(operator) : Operator.OPERATOR_UNSPECIFIED,
                texts(node, at, "quotes"));
    }

    private Sketch.Delivery delivery(JsonNode node, String at) {
        known(node, at, Set.of("target", "from"));
        return new Sketch.Delivery(text(node, at, "target", MAX_TEXT), texts(node, at, "from"));
    }

    private Sketch.NotPossible notPossible(JsonNode node, String at) {
        known(node, at, Set.of("quote", "reason"));
        return new Sketch.NotPossible(text(node, at, "quote", MAX_TEXT), text(node, at, "reason", MAX_TEXT));
    }

    private void known(JsonNode node, String at, Set<String> fields) {
        if (!node.isObject()) {
            problems.add(at + " has to be an object");
            return;
        }
        Set<String> unknown = new HashSet<>(node.propertyNames());
        unknown.removeAll(fields);
        unknown.stream()
                .sorted()
                .limit(4)
                .forEach(
                        field -> problems.add(at + " has a field '" + Texts.quotable(field) + "' that does not exist"));
    }

    private String required(JsonNode node, String at, String field, int most) {
        String text = text(node, at, field, most);
        if (text.isEmpty() && node.isObject() && !wrong(node, field)) {
            problems.add(at + "." + field + " is missing");
        }
        return text;
    }

    private static boolean wrong(JsonNode node, String field) {
        return present(node, field) && !node.path(field).isString();
    }

    private String text(JsonNode node, String at, String field, int most) {
        if (!present(node, field)) {
            return "";
        }
        return text(node.path(field), at + "." + field, most);
    }

    private String text(JsonNode value, String at, int most) {
        if (!value.isString()) {
            problems.add(at + " has to be a string");
            return "";
        }
        if (value.stringValue().length() > most) {
            problems.add(at + " has more than " + most + " characters");
            return "";
        }
        return value.stringValue();
    }

    private List<String> texts(JsonNode node, String at, String field) {
        return list(node, at, field, MAX_LIST, (value, place) -> text(value, place, MAX_TEXT));
    }

    private <T> List<T> list(JsonNode node, String at, String field, int most, BiFunction<JsonNode, String, T> each) {
        String place = at.isEmpty() ? field : at + "." + field;
        if (!present(node, field)) {
            return List.of();
        }
        JsonNode values = node.path(field);
        if (!values.isArray()) {
            problems.add(place + " has to be a list");
            return List.of();
        }
        if (values.size() > most) {
            problems.add(place + " has " + values.size() + " elements; at most " + most + " are allowed");
            return List.of();
        }
        List<T> read = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            read.add(each.apply(values.path(i), place + "[" + i + "]"));
        }
        return read;
    }

    /** Constrained decoding writes null where a field is left out. */
    private static boolean present(JsonNode node, String field) {
        return node.has(field) && !node.path(field).isNull();
    }

    /** Names of the operators, for the schema. */
    static Stream<String> operators() {
        return OPERATORS.stream().sorted();
    }
}
