package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes, reads and joins nodes. */
final class Nodes {
    /** By plan position would be prettier, by name is stable when a plan is written anew. */
    static final Comparator<Source> SOURCE_ORDER = Comparator.comparing(Source::getStep)
            .thenComparing(Source::getItem)
            .thenComparing(Source::getOutput)
            .thenComparing(Source::getPointer)
            .thenComparing(Source::getSpecialist)
            .thenComparing(Source::getVersion);

    private Nodes() {}

    /** A node for a JSON value; every leaf asks where it comes from. */
    static Node of(Value value, JsonPointer at, Function<JsonPointer, Source> origin) {
        boolean struct = value.hasStructValue() && value.getStructValue().getFieldsCount() > 0;
        boolean list = value.hasListValue() && value.getListValue().getValuesCount() > 0;
        // A value that is nested deeper than any pointer reaches is one leaf.
        if (at.tokens().size() >= JsonPointer.MAX_TOKENS || (!struct && !list)) {
            Source source = origin.apply(at);
            return new Node.Leaf(Json.sorted(value), source.getConfidence(), List.of(source));
        }
        if (struct) {
            SortedMap<String, Node> children = new TreeMap<>();
            value.getStructValue()
                    .getFieldsMap()
                    .forEach((key, child) -> children.put(key, of(child, at.child(key), origin)));
            return new Node.Properties(children);
        }
        List<Node> children = new ArrayList<>();
        for (Value child : value.getListValue().getValuesList()) {
            children.add(of(child, at.child(children.size()), origin));
        }
        return new Node.Elements(children);
    }

    /** The JSON value, without what is known about it. */
    static Value value(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.value();
            case Node.Properties properties -> {
                Struct.Builder struct = Struct.newBuilder();
                properties.children().forEach((key, child) -> {
                    if (!(child instanceof Node.Omitted)) {
                        struct.putFields(key, value(child));
                    }
                });
                yield Value.newBuilder().setStructValue(struct).build();
            }
            case Node.Elements elements -> {
                ListValue.Builder list = ListValue.newBuilder();
                elements.children().forEach(child -> list.addValues(value(child)));
                yield Value.newBuilder().setListValue(list).build();
            }
            case Node.Disputed disputed -> value(disputed.chosen());
            case Node.Omitted omitted -> Json.NULL;
            case Node.Absent absent -> Json.NULL;
        };
    }

    /** Whether there is a value at all. */
    static boolean isNothing(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> Json.isNull(leaf.value());
            case Node.Properties properties -> false;
            case Node.Elements elements -> false;
            case Node.Disputed disputed -> isNothing(disputed.chosen());
            case Node.Omitted omitted -> true;
            case Node.Absent absent -> true;
        };
    }

    static Optional<Node> find(Node node, List<String> tokens) {
        if (tokens.isEmpty()) {
            return Optional.of(node);
        }
        List<String> rest = tokens.subList(1, tokens.size());
        return switch (node) {
            case Node.Properties properties ->
                Optional.ofNullable(properties.children().get(tokens.getFirst()))
                        .flatMap(child -> find(child, rest));
            case Node.Elements elements -> {
                int index = JsonPointer.index(tokens.getFirst());
                boolean inside = index >= 0 && index < elements.children().size();
                yield inside ? find(elements.children().get(index), rest) : Optional.empty();
            }
            case Node.Disputed disputed -> find(disputed.chosen(), tokens);
            case Node.Leaf leaf -> Optional.empty();
            case Node.Omitted omitted -> Optional.empty();
            case Node.Absent absent -> Optional.empty();
        };
    }

    /** The weakest leaf's. */
    static double confidence(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.confidence();
            case Node.Properties properties ->
                weakest(List.copyOf(properties.children().values()));
            case Node.Elements elements -> weakest(elements.children());
            case Node.Disputed disputed -> confidence(disputed.chosen());
            case Node.Omitted omitted -> 0;
            case Node.Absent absent -> 0;
        };
    }

    /** Everybody who contributed to the value, each once. */
    static List<Source> sources(Node node) {
        List<Source> sources = new ArrayList<>();
        collect(node, sources);
        return sources.stream().distinct().sorted(SOURCE_ORDER).toList();
    }

    /**
     * The first node, with the sources of others that say the same at the same place. A leaf that several found has the confidence of the
     * surest of them: agreement takes nothing away, and how much it adds is not known while the finders may share their errors.
     */
    static Node join(Node best, Node other) {
        if (best instanceof Node.Leaf one
                && other instanceof Node.Leaf two
                && one.value().equals(two.value())) {
            List<Source> sources = new ArrayList<>(one.sources());
            sources.addAll(two.sources());
            return new Node.Leaf(
                    one.value(),
                    Math.max(one.confidence(), two.confidence()),
                    sources.stream().distinct().sorted(SOURCE_ORDER).toList());
        }
        if (best instanceof Node.Properties one && other instanceof Node.Properties two) {
            SortedMap<String, Node> children = new TreeMap<>(one.children());
            two.children().forEach((key, child) -> children.computeIfPresent(key, (k, mine) -> join(mine, child)));
            return new Node.Properties(children);
        }
        boolean sameLength = best instanceof Node.Elements one
                && other instanceof Node.Elements two
                && one.children().size() == two.children().size();
        if (sameLength && best instanceof Node.Elements one && other instanceof Node.Elements two) {
            List<Node> children = new ArrayList<>();
            for (int i = 0; i < one.children().size(); i++) {
                children.add(join(one.children().get(i), two.children().get(i)));
            }
            return new Node.Elements(children);
        }
        return best;
    }

    private static double weakest(List<Node> children) {
        return children.stream().mapToDouble(Nodes::confidence).min().orElse(0);
    }

    private static void collect(Node node, List<Source> sources) {
        switch (node) {
            case Node.Leaf leaf -> sources.addAll(leaf.sources());
            case Node.Properties properties -> properties.children().values().forEach(child -> collect(child, sources));
            case Node.Elements elements -> elements.children().forEach(child -> collect(child, sources));
            case Node.Disputed disputed -> collect(disputed.chosen(), sources);
            case Node.Omitted omitted -> {}
            case Node.Absent absent -> {}
        }
    }
}
