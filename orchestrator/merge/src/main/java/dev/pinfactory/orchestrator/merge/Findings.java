package dev.pinfactory.orchestrator.merge;

import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Conflict;
import dev.pinfactory.proto.v1.Missing;
import dev.pinfactory.proto.v1.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what is known about the result while it is put together. */
final class Findings {
    private static final Comparator<Missing> MISSING_ORDER = Comparator.comparing(Missing::getPointer)
            .thenComparing(Missing::getStep)
            .thenComparing(Missing::getReason);

    private final SortedMap<String, Provenance> provenance = new TreeMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final double floor;
    private boolean needsReview;

    Findings(double floor) {
        this.floor = floor;
    }

    void leaf(JsonPointer at, Node.Leaf leaf) {
        if (leaf.sources().isEmpty()) {
            return;
        }
        needsReview |= leaf.confidence() < floor;
        provenance.put(
                at.toString(),
                Provenance.newBuilder()
                        .addAllSources(leaf.sources())
                        .setConfidence(leaf.confidence())
                        .build());
    }

    void conflict(JsonPointer at, Conflict conflict) {
        needsReview |= !conflict.getResolved();
        conflicts.add(conflict.toBuilder().setPointer(at.toString()).build());
    }

    /** A specialist would not say what is asked for: somebody has to. */
    void doubt() {
        needsReview = true;
    }

    void missing(String at, String reason, String step) {
        missing.add(Missing.newBuilder()
                .setPointer(at)
                .setReason(reason)
                .setStep(step)
                .build());
    }

    /** Everything that was found, with the output it was found about. */
    MergeResult about(com.google.protobuf.Value output) {
        conflicts.sort(Comparator.comparing(Conflict::getPointer));
        missing.sort(MISSING_ORDER);
        return new MergeResult(output, provenance, conflicts, List.copyOf(new LinkedHashSet<>(missing)), needsReview);
    }

    /** Writes down what a finished node says, leaf by leaf. */
    void record(Node node, JsonPointer at) {
        switch (node) {
            case Node.Leaf leaf -> leaf(at, leaf);
            case Node.Properties properties ->
                properties.children().forEach((key, child) -> record(child, at.child(key)));
            case Node.Elements elements -> {
                for (int i = 0; i < elements.children().size(); i++) {
                    record(elements.children().get(i), at.child(i));
                }
            }
            case Node.Disputed disputed -> {
                conflict(at, disputed.conflict());
                record(disputed.chosen(), at);
            }
            case Node.Omitted omitted -> conflict(at, omitted.conflict());
            case Node.Absent absent -> missing(at.toString(), absent.reason(), absent.step());
        }
    }
}
