package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.SourceEvidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes one list of the spans that several sources found. Where spans of different sources overlap, the surest stays; if another says that it is
 * of another type, the type is in dispute. Spans of one source are never merged with each other: who nests spans means to.
 *
 * <p>Spans are compared where their evidence lies in the task's own input, so that a span found in a redacted text meets the same words found in
 * the original.
 */
final class SpanMerge {
    private static final String TYPE = "type";
    private static final String LABEL = "label";

    private final Vote vote;

    SpanMerge(Vote vote) {
        this.vote = vote;
    }

    Node merge(List<Node> sources) {
        List<Found> found = new ArrayList<>();
        for (Node source : sources) {
            if (source instanceof Node.Elements elements) {
                elements.children().forEach(child -> found.add(Found.of(child, source)));
            }
        }
        if (found.isEmpty()) {
            return sources.stream().reduce(Nodes::join).orElseThrow();
        }
        found.sort(Comparator.comparingDouble(Found::confidence)
                .reversed()
                .thenComparing(Found::length, Comparator.reverseOrder())
                .thenComparing(Found::key)
                .thenComparing(Found::start)
                .thenComparing(each -> Json.text(Nodes.value(each.node)))
                .thenComparing(each -> Nodes.sources(each.node).toString()));
        List<List<Found>> clusters = new ArrayList<>();
        for (Found each : found) {
            Optional<List<Found>> cluster = clusters.stream()
                    .filter(taken -> taken.getFirst().overlaps(each))
                    .filter(taken -> taken.stream().noneMatch(other -> other.source == each.source))
                    .max(Comparator.comparingInt(taken -> taken.getFirst().common(each)));
            cluster.ifPresentOrElse(taken -> taken.add(each), () -> clusters.add(new ArrayList<>(List.of(each))));
        }
        clusters.sort(Comparator.comparing((List<Found> cluster) -> cluster.getFirst().key)
                .thenComparing(cluster -> cluster.getFirst().start)
                .thenComparing(cluster -> cluster.getFirst().end)
                .thenComparing(cluster -> Json.text(Nodes.value(cluster.getFirst().node))));
        return new Node.Elements(clusters.stream().map(this::one).toList());
    }

    private Node one(List<Found> cluster) {
        Node surest = cluster.getFirst().node;
        String kind = Nodes.find(surest, List.of(TYPE)).isPresent() ? TYPE : LABEL;
        List<Node> kinds = new ArrayList<>();
        Node joined = surest;
        for (Found each : cluster) {
            Nodes.find(each.node, List.of(kind)).ifPresent(kinds::add);
            boolean same = typeOf(each.node, kind).equals(typeOf(surest, kind));
            joined = same && each.node != surest ? Nodes.join(joined, each.node) : joined;
        }
        boolean disputed = kinds.stream()
                        .map(node -> Json.text(Nodes.value(node)))
                        .distinct()
                        .count()
                > 1;
        if (!disputed || !(joined instanceof Node.Properties properties)) {
            return joined;
        }
        SortedMap<String, Node> children = new TreeMap<>(properties.children());
        children.put(kind, vote.choose(kinds));
        return new Node.Properties(children);
    }

    private static String typeOf(Node node, String kind) {
        return Nodes.find(node, List.of(kind)).map(Nodes::value).map(Json::text).orElse("");
    }

    /** An element, and where it lies. One that has no offsets overlaps nothing. */
    private record Found(Node node, Node source, String key, int start, int end, double confidence) {
        static Found of(Node node, Node source) {
            List<Source> sources = Nodes.sources(node);
            Optional<SourceEvidence> place = sources.stream()
                    .flatMap(each -> each.getEvidenceList().stream())
                    .filter(SourceEvidence::hasSpan)
                    .findFirst();
            if (place.isPresent()) {
                String key = place.get().getInput() + "#"
                        + (place.get().hasItem() ? place.get().getItem() : "");
                int start = place.get().getSpan().getStart();
                return new Found(node, source, key, start, place.get().getSpan().getEnd(), Nodes.confidence(node));
            }
            // Without evidence the element's own offsets tell, among elements that were read from the same whole
            // inputs.
            String key = sources.stream()
                    .flatMap(each -> each.getEvidenceList().stream())
                    .map(each -> each.getInput() + "#" + (each.hasItem() ? each.getItem() : "") + each.getViaList())
                    .findFirst()
                    .orElse("")
                    .replace("[]", "");
            return new Found(node, source, key, offset(node, "start"), offset(node, "end"), Nodes.confidence(node));
        }

        int length() {
            return end - start;
        }

        boolean overlaps(Found other) {
            return key.equals(other.key) && common(other) > 0;
        }

        int common(Found other) {
            return Math.min(end, other.end) - Math.max(start, other.start);
        }

        private static int offset(Node node, String name) {
            return Nodes.find(node, List.of(name))
                    .map(Nodes::value)
                    .filter(value ->
                            value.hasNumberValue() && value.getNumberValue() == Math.rint(value.getNumberValue()))
                    .map(value -> (int) value.getNumberValue())
                    .orElse(0);
        }
    }
}
