package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Value;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Attempt;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.StepReport;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a mapping's source points at as a node with provenance, or says why nothing is there. */
final class Outputs {
    private final Wiring wiring;
    private final Lineage lineage;

    Outputs(Wiring wiring, Lineage lineage) {
        this.wiring = wiring;
        this.lineage = lineage;
    }

    /** {@link Node.Absent} where there is nothing. */
    Node read(StepOutput source) {
        Optional<StepRecord> record = wiring.record(source.getStep());
        if (record.isEmpty()) {
            return new Node.Absent("the plan has no such step", source.getStep());
        }
        Optional<Artifact> artifact = wiring.output(source);
        if (artifact.isEmpty()) {
            return new Node.Absent(Reasons.of(record.get().outcome(), source.getOutput()), source.getStep());
        }
        return piece(
                whole(record.get(), source, artifact.get()),
                source,
                artifact.get().hasItems());
    }

    /** What the step would have said, had it not abstained. */
    Optional<Node> bestGuess(StepOutput source) {
        Optional<StepRecord> record = wiring.record(source.getStep());
        if (record.isEmpty() || !(record.get().outcome() instanceof StepOutcome.Abstained abstained)) {
            return Optional.empty();
        }
        return abstained.bestGuess().stream()
                .filter(each -> each.getName().equals(source.getOutput()))
                .findFirst()
                .map(artifact -> piece(whole(record.get(), source, artifact), source, artifact.hasItems()))
                .filter(node -> !Nodes.isNothing(node));
    }

    /** Of a list the pointer picks the same piece of each item. */
    private static Node piece(Node whole, StepOutput source, boolean ofEach) {
        List<String> tokens = JsonPointer.of(source.getPointer()).tokens();
        if (tokens.isEmpty() || whole instanceof Node.Absent) {
            return whole;
        }
        if (ofEach && whole instanceof Node.Elements list) {
            return new Node.Elements(list.children().stream()
                    .map(child -> piece(child, source, false))
                    .toList());
        }
        return ofEach
                ? whole
                : Nodes.find(whole, tokens)
                        .orElseGet(() -> new Node.Absent(
                                "'" + source.getOutput() + "' has nothing at '" + source.getPointer() + "'",
                                source.getStep()));
    }

    private Node whole(StepRecord record, StepOutput source, Artifact artifact) {
        boolean iterated = !record.items().isEmpty();
        if (!artifact.hasItems()) {
            return node(record, source, OptionalInt.empty(), artifact, JsonPointer.whole());
        }
        List<Artifact> items = artifact.getItems().getItemsList();
        Set<Integer> holes = new HashSet<>(artifact.getItems().getHolesList());
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (holes.contains(i)) {
                String reason = iterated && i < record.items().size()
                        ? Reasons.of(record.items().get(i), source.getOutput())
                        : "item " + i + " is missing";
                children.add(new Node.Absent(reason, source.getStep()));
                continue;
            }
            OptionalInt item = iterated ? OptionalInt.of(i) : OptionalInt.empty();
            JsonPointer base =
                    iterated ? JsonPointer.whole() : JsonPointer.whole().child(i);
            children.add(node(record, source, item, items.get(i), base));
        }
        if (!children.isEmpty()) {
            return new Node.Elements(children);
        }
        Source empty = origin(record, source, OptionalInt.empty(), artifact, JsonPointer.whole(), JsonPointer.whole());
        Value none = Value.newBuilder()
                .setListValue(com.google.protobuf.ListValue.getDefaultInstance())
                .build();
        return new Node.Leaf(none, empty.getConfidence(), List.of(empty));
    }

    /** @param base where the artifact stands in the output as the provenance names it: an element of a list output by its index */
    private Node node(StepRecord record, StepOutput source, OptionalInt item, Artifact artifact, JsonPointer base) {
        return Nodes.of(
                content(artifact),
                JsonPointer.whole(),
                leaf -> origin(record, source, item, artifact, leaf, base.resolve(leaf)));
    }

    private Source origin(
            StepRecord record,
            StepOutput source,
            OptionalInt item,
            Artifact artifact,
            JsonPointer leaf,
            JsonPointer named) {
        Lineage.Traced traced = lineage.trace(source.getStep(), item, artifact, leaf);
        Source.Builder origin = Source.newBuilder()
                .setStep(source.getStep())
                .setSpecialist(record.report().getSpecialist())
                .setVersion(record.report().getVersion())
                .setOutput(source.getOutput())
                .setPointer(named.toString())
                .setConfidence(Math.min(lineage.confidence(artifact, leaf), traced.upstream()))
                .addAllEvidence(traced.evidence());
        item.ifPresent(index -> {
            origin.setItem(index);
            attempt(record.report(), index)
                    .ifPresent(attempt ->
                            origin.setSpecialist(attempt.getSpecialist()).setVersion(attempt.getVersion()));
        });
        return origin.build();
    }

    /** The attempt that answered for an item: the good one, which is the last, or else any that answered at all. */
    private static Optional<Attempt> attempt(StepReport report, int item) {
        return report.getAttemptsList().stream()
                .filter(attempt -> attempt.hasItem() && attempt.getItem() == item)
                .filter(attempt -> attempt.getOutcome() == StepReport.Outcome.SUCCEEDED)
                .reduce((first, second) -> second.getCode().isEmpty() ? second : first);
    }

    /** Text is a string, JSON is itself; stored or inline bytes are described, so that a result stays JSON. */
    private static Value content(Artifact artifact) {
        return switch (artifact.getContentCase()) {
            case TEXT -> Json.of(artifact.getText());
            case JSON -> artifact.getJson();
            case REF -> reference(artifact.getRef());
            case DATA -> {
                TreeMap<String, Value> fields = new TreeMap<>();
                fields.put("mediaType", Json.of(artifact.getMediaType()));
                fields.put(
                        "data",
                        Json.of(Base64.getEncoder()
                                .encodeToString(artifact.getData().toByteArray())));
                yield Json.object(fields);
            }
            // No nesting: an item that is a list itself has no place in a result.
            case ITEMS, CONTENT_NOT_SET -> Json.NULL;
        };
    }

    private static Value reference(ContentRef ref) {
        TreeMap<String, Value> fields = new TreeMap<>();
        fields.put("ref", Json.of(ref.getDigest()));
        fields.put("mediaType", Json.of(ref.getMediaType()));
        fields.put("sizeBytes", Json.of((double) ref.getSizeBytes()));
        return Json.object(fields);
    }
}
