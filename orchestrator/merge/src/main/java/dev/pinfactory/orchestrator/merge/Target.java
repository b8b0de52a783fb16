package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The result while it is put together: values are put at their pointers, then the whole takes the schema's shape. */
final class Target {
    private static final String UNFILLED = "nothing in the plan fills it";

    private final Schema schema;
    private final Branch root = new Branch();

    Target(Schema schema) {
        this.schema = schema;
    }

    /** A place in the result: a value, or places below. Where a plan gives both, the value is joined with what lies below it. */
    private static final class Branch {
        private final SortedMap<String, Branch> children = new TreeMap<>();
        private Optional<Node> value = Optional.empty();
    }

    /** The first value for a place stays: two mappings for one place are a fault that validation refuses. */
    void put(JsonPointer at, Node node) {
        Branch branch = root;
        for (String token : at.tokens()) {
            branch = branch.children.computeIfAbsent(token, key -> new Branch());
        }
        if (branch.value.isEmpty()) {
            branch.value = Optional.of(node);
        }
    }

    Node shaped() {
        Node whole = assemble(root, schema).orElseGet(() -> empty(schema));
        return schema.isAnything() ? whole : shape(whole, schema).orElseGet(() -> unfilled(whole));
    }

    private static Optional<Node> assemble(Branch branch, Schema schema) {
        if (branch.children.isEmpty()) {
            return branch.value;
        }
        boolean list = schema.types().contains("array")
                && branch.children.keySet().stream().allMatch(key -> JsonPointer.index(key) >= 0);
        if (list) {
            TreeMap<Integer, Branch> byIndex = new TreeMap<>();
            branch.children.forEach((key, child) -> byIndex.put(JsonPointer.index(key), child));
            List<Node> elements = new ArrayList<>();
            byIndex.values().forEach(child -> assemble(child, schema.items()).ifPresent(elements::add));
            return Optional.of(new Node.Elements(elements));
        }
        SortedMap<String, Node> children = new TreeMap<>();
        if (branch.value.isPresent() && branch.value.get() instanceof Node.Properties properties) {
            children.putAll(properties.children());
        }
        branch.children.forEach(
                (key, child) -> assemble(child, schema.property(key)).ifPresent(node -> children.put(key, node)));
        return Optional.of(new Node.Properties(children));
    }

    /** The node as the schema wants it; empty when it can't be made to fit, and then it counts as unfilled. */
    private static Optional<Node> shape(Node node, Schema schema) {
        for (Schema branch : schema.branches()) {
            Optional<Node> shaped = shape(node, branch);
            if (shaped.isPresent()) {
                return shaped;
            }
        }
        if (!schema.branches().isEmpty()) {
            return Optional.empty();
        }
        return switch (node) {
            case Node.Disputed disputed -> disputed(disputed, schema);
            case Node.Absent absent -> Optional.empty();
            case Node.Omitted omitted -> Optional.empty();
            case Node.Leaf leaf -> leaf(leaf, schema);
            case Node.Properties properties -> properties(properties, schema);
            case Node.Elements elements ->
                schema.allows("array") ? Optional.of(elements(elements, schema)) : Optional.empty();
        };
    }

    private static Optional<Node> disputed(Node.Disputed disputed, Schema schema) {
        return shape(disputed.chosen(), schema).map(chosen -> new Node.Disputed(chosen, disputed.conflict()));
    }

    private static Optional<Node> leaf(Node.Leaf leaf, Schema schema) {
        if (leaf.value().hasStructValue()) {
            return properties(leaf, new TreeMap<>(), schema);
        }
        if (Json.isNull(leaf.value()) && !schema.types().contains("null")) {
            return Optional.empty();
        }
        Optional<Value> fitting = Coercion.to(schema.types(), schema.allowedValues(), leaf.value());
        if (fitting.isPresent()) {
            return Optional.of(new Node.Leaf(fitting.get(), leaf.confidence(), leaf.sources()));
        }
        boolean one = schema.types().contains("array") && !leaf.value().hasListValue();
        return one ? Optional.of(elements(new Node.Elements(List.of(leaf)), schema)) : Optional.empty();
    }

    private static Optional<Node> properties(Node.Properties node, Schema schema) {
        return properties(node, node.children(), schema);
    }

    private static Optional<Node> properties(Node node, SortedMap<String, Node> given, Schema schema) {
        if (!schema.allows("object")) {
            Optional<Node> essence = essence(given).flatMap(child -> shape(child, schema));
            if (essence.isPresent() || !schema.types().contains("array")) {
                return essence;
            }
            return Optional.of(elements(new Node.Elements(List.of(node)), schema));
        }
        SortedMap<String, Node> children = new TreeMap<>();
        SortedSet<String> names = new TreeSet<>(given.keySet());
        names.addAll(schema.required());
        names.addAll(schema.properties().keySet());
        for (String name : names) {
            boolean unwanted = schema.isClosed() && !schema.hasProperty(name) && !schema.requires(name);
            if (!unwanted) {
                property(Optional.ofNullable(given.get(name)), schema.property(name), schema.requires(name))
                        .ifPresent(child -> children.put(name, child));
            }
        }
        return Optional.of(children.isEmpty() ? emptied(node) : new Node.Properties(children));
    }

    private static Optional<Node> property(Optional<Node> given, Schema schema, boolean required) {
        Optional<Node> shaped = given.flatMap(node -> schema.isAnything() ? filled(node) : shape(node, schema));
        if (shaped.isPresent()) {
            return shaped;
        }
        if (!required) {
            return given.filter(Node.Disputed.class::isInstance)
                    .map(node -> new Node.Omitted(((Node.Disputed) node).conflict()));
        }
        if (given.isEmpty() && schema.types().contains("object")) {
            return properties(empty(schema), new TreeMap<>(), schema);
        }
        return Optional.of(given.map(Target::unfilled).orElseGet(() -> new Node.Absent(UNFILLED, "")));
    }

    private static Optional<Node> filled(Node node) {
        return Nodes.isNothing(node) ? Optional.empty() : Optional.of(node);
    }

    private static Node elements(Node.Elements elements, Schema schema) {
        Schema items = schema.items();
        List<Node> children = new ArrayList<>();
        for (Node child : elements.children()) {
            children.add(items.isAnything() ? child : shape(child, items).orElseGet(() -> unfilled(child)));
        }
        return new Node.Elements(children);
    }

    /** Of labels the label, of a score the value: what a caller means who wants a scalar of them. */
    private static Optional<Node> essence(SortedMap<String, Node> children) {
        return Optional.ofNullable(children.get("label")).or(() -> Optional.ofNullable(children.get("value")));
    }

    /** What was wanted and has no fitting value: a null that says why. */
    private static Node unfilled(Node node) {
        return switch (node) {
            case Node.Absent absent -> absent;
            case Node.Omitted omitted -> omitted;
            case Node.Disputed disputed -> new Node.Disputed(unfilled(disputed.chosen()), disputed.conflict());
            case Node.Leaf leaf ->
                new Node.Absent(
                        Json.isNull(leaf.value()) ? "no value was found" : "the value does not fit the schema",
                        step(node));
            case Node.Properties properties -> new Node.Absent("the value does not fit the schema", step(node));
            case Node.Elements elements -> new Node.Absent("the value does not fit the schema", step(node));
        };
    }

    private static String step(Node node) {
        return Nodes.sources(node).stream()
                .map(dev.pinfactory.proto.v1.Source::getStep)
                .findFirst()
                .orElse("");
    }

    private static Node empty(Schema schema) {
        boolean object = schema.allows("object");
        return object
                ? new Node.Leaf(
                        Value.newBuilder()
                                .setStructValue(Struct.getDefaultInstance())
                                .build(),
                        1,
                        List.of())
                : new Node.Absent(UNFILLED, "");
    }

    /** An object whose properties were all left out. */
    private static Node emptied(Node node) {
        Value none =
                Value.newBuilder().setStructValue(Struct.getDefaultInstance()).build();
        return new Node.Leaf(none, Nodes.confidence(node), Nodes.sources(node));
    }
}
