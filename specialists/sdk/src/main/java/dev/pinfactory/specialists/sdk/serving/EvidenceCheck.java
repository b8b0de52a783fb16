package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the evidence that a specialist gives lies inside its inputs. */
final class EvidenceCheck {
    private final Map<String, Artifact> inputs;
    // Counted once for each input, since a large text may have thousands of evidences. By identity: hashing it would be
    // no cheaper.
    private final Map<Artifact, Integer> lengths = new IdentityHashMap<>();

    EvidenceCheck(Map<String, Artifact> inputs) {
        this.inputs = inputs;
    }

    void check(String path, Artifact output, List<FieldViolation> violations) {
        for (int i = 0; i < output.getLeavesCount(); i++) {
            checkLeaf(path + ".leaves[" + i + "]", output.getLeaves(i), violations);
        }
        List<Artifact> items = output.getItems().getItemsList();
        for (int i = 0; i < items.size(); i++) {
            check(path + ".items[" + i + "]", items.get(i), violations);
        }
    }

    private void checkLeaf(String path, LeafNote leaf, List<FieldViolation> violations) {
        for (int i = 0; i < leaf.getEvidenceCount(); i++) {
            checkEvidence(path + ".evidence[" + i + "]", leaf.getEvidence(i), violations);
        }
    }

    private void checkEvidence(String path, Evidence evidence, List<FieldViolation> violations) {
        Artifact named = inputs.get(evidence.getInput());
        if (named == null) {
            violations.add(new FieldViolation(
                    path + ".input", "'" + evidence.getInput() + "' is none of the inputs of this call"));
            return;
        }
        Optional<Artifact> input = item(named, evidence.getItem());
        if (input.isEmpty()) {
            violations.add(new FieldViolation(
                    path + ".item",
                    "is " + evidence.getItem() + ", the input has "
                            + named.getItems().getItemsCount() + " items"));
            return;
        }
        if (evidence.hasSpan()) {
            int start = evidence.getSpan().getStart();
            int end = evidence.getSpan().getEnd();
            int length = lengths.computeIfAbsent(input.get(), EvidenceCheck::codePoints);
            if (start < 0 || end < start || end > length) {
                violations.add(new FieldViolation(
                        path + ".span",
                        "is [" + start + ", " + end + ") and the input has " + length + " code points"));
            }
        }
    }

    private static int codePoints(Artifact input) {
        return input.getText().codePointCount(0, input.getText().length());
    }

    private static Optional<Artifact> item(Artifact input, int index) {
        if (!input.hasItems()) {
            return index == 0 ? Optional.of(input) : Optional.empty();
        }
        List<Artifact> items = input.getItems().getItemsList();
        return index >= 0 && index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
    }
}
