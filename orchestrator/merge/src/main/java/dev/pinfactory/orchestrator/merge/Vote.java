package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Candidate;
import dev.pinfactory.proto.v1.Conflict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses between values for one place. Each source weighs as much as it is sure; the value with the most weight wins if it leads by the margin,
 * as a share of all weight. Labels are compared by their label alone. A null is no vote: a specialist that found nothing contradicts nobody.
 */
final class Vote {
    /** So that 0.6 against 0.4 has a margin of 0.2. */
    private static final double ROUNDING = 1e-9;

    private final double minMargin;

    Vote(double minMargin) {
        this.minMargin = minMargin;
    }

    Node choose(List<Node> candidates) {
        List<Node> valued =
                candidates.stream().filter(node -> !Nodes.isNothing(node)).toList();
        if (valued.isEmpty()) {
            return candidates.stream().reduce(Nodes::join).orElseThrow();
        }
        Map<String, List<Node>> byValue = new TreeMap<>();
        for (Node node : valued) {
            byValue.computeIfAbsent(Json.text(compared(node)), key -> new ArrayList<>())
                    .add(node);
        }
        List<Group> groups = byValue.entrySet().stream()
                .map(entry -> Group.of(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(Group::weight).reversed().thenComparing(Group::key))
                .toList();
        return groups.size() == 1 ? groups.getFirst().node() : decide(groups);
    }

    /** The first of the groups, or null, with the dispute. */
    Node decide(List<Group> groups) {
        double all = groups.stream().mapToDouble(Group::weight).sum();
        double margin = all > 0 ? (groups.get(0).weight() - groups.get(1).weight()) / all : 0;
        boolean resolved = margin >= minMargin - ROUNDING;
        Conflict.Builder conflict = Conflict.newBuilder().setResolved(resolved).setMargin(margin);
        for (Group group : groups) {
            conflict.addCandidates(Candidate.newBuilder()
                    .setValue(Nodes.value(group.node()))
                    .setWeight(all > 0 ? group.weight() / all : 0)
                    .addAllSources(Nodes.sources(group.node())));
        }
        Node winner = groups.getFirst().node();
        Node chosen = resolved
                ? winner
                : new Node.Leaf(
                        Json.NULL,
                        Nodes.confidence(winner),
                        groups.stream()
                                .flatMap(group -> Nodes.sources(group.node()).stream())
                                .distinct()
                                .sorted(Nodes.SOURCE_ORDER)
                                .toList());
        return new Node.Disputed(chosen, conflict.build());
    }

    /** What two nodes have to have in common to say the same. */
    private static Value compared(Node node) {
        return Nodes.find(node, List.of("label"))
                .filter(label -> !Nodes.isNothing(label))
                .map(Nodes::value)
                .orElseGet(() -> Nodes.value(node));
    }

    private static double sureness(Node node) {
        return Nodes.find(node, List.of("label")).map(Nodes::confidence).orElseGet(() -> Nodes.confidence(node));
    }

    /** Nodes that say the same. */
    record Group(String key, Node node, double weight) {
        static Group of(String key, List<Node> nodes) {
            List<Node> surest = nodes.stream()
                    .sorted(Comparator.comparingDouble(Vote::sureness)
                            .reversed()
                            .thenComparing(node -> Json.text(Nodes.value(node)))
                            .thenComparing(node -> Nodes.sources(node).toString()))
                    .toList();
            double weight = surest.stream().mapToDouble(Vote::sureness).sum();
            return new Group(key, surest.stream().reduce(Nodes::join).orElseThrow(), weight);
        }
    }
}
