package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes one value of several. Which came first never matters; which the mapping names first does, for FIRST and UNION. */
final class MergeRules {
    private final Vote vote;
    private final SpanMerge spans;

    MergeRules(double minMargin) {
        vote = new Vote(minMargin);
        spans = new SpanMerge(vote);
    }

    /** @param nodes at least one, in the mapping's order, absent ones left out */
    Node merge(MergeRule rule, List<Node> nodes) {
        if (nodes.size() == 1) {
            return nodes.getFirst();
        }
        return switch (rule) {
            case UNION -> union(nodes);
            case SPAN_MERGE -> spans.merge(nodes);
            case RECORD_MERGE -> record(nodes);
            case FIRST ->
                nodes.stream()
                        .filter(node -> !Nodes.isNothing(node))
                        .findFirst()
                        .orElse(nodes.getFirst());
            case VOTE, MERGE_RULE_UNSPECIFIED, UNRECOGNIZED -> vote.choose(nodes);
        };
    }

    /** All distinct elements, in order. What is no list counts as one element; holes stay at home. */
    private static Node union(List<Node> nodes) {
        Map<String, Node> distinct = new LinkedHashMap<>();
        for (Node node : nodes) {
            List<Node> elements = switch (node) {
                case Node.Elements list -> list.children();
                case Node.Leaf leaf -> leaf.value().hasListValue() ? List.of() : List.of(leaf);
                case Node.Properties properties -> List.of(properties);
                case Node.Disputed disputed -> List.of(disputed);
                case Node.Omitted omitted -> List.of();
                case Node.Absent absent -> List.of();
            };
            for (Node element : elements) {
                if (!(element instanceof Node.Absent)) {
                    distinct.merge(Json.text(Nodes.value(element)), element, Nodes::join);
                }
            }
        }
        return distinct.isEmpty() ? nodes.getFirst() : new Node.Elements(new ArrayList<>(distinct.values()));
    }

    /** Property by property; objects within objects likewise, everything else by vote. */
    private Node record(List<Node> nodes) {
        List<Node> valued =
                nodes.stream().filter(node -> !Nodes.isNothing(node)).toList();
        boolean objects = valued.stream().allMatch(Node.Properties.class::isInstance);
        if (valued.size() < 2 || !objects) {
            return vote.choose(nodes);
        }
        SortedSet<String> names = new TreeSet<>();
        valued.forEach(node -> names.addAll(((Node.Properties) node).children().keySet()));
        SortedMap<String, Node> children = new TreeMap<>();
        for (String name : names) {
            List<Node> values = valued.stream()
                    .flatMap(node -> Nodes.find(node, List.of(name)).stream())
                    .toList();
            children.put(name, record(values));
        }
        return new Node.Properties(children);
    }
}
