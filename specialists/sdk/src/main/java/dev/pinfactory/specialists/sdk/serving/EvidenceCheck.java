package dev.pinfactory.specialists.sdk.serving;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what a specialist says about its output: confidences, pointers, and evidence that lies inside its inputs. */
final class EvidenceCheck {
    private final Map<String, Artifact> inputs;

    EvidenceCheck(Map<String, Artifact> inputs) {
        this.inputs = inputs;
    }

    void check(String path, Artifact output, List<FieldViolation> violations) {
        checkConfidence(path + ".confidence", output.getConfidence(), violations);
        for (int i = 0; i < output.getLeavesCount(); i++) {
            checkLeaf(path + ".leaves[" + i + "]", output, output.getLeaves(i), violations);
        }
        List<Artifact> items = output.getItems().getItemsList();
        for (int i = 0; i < items.size(); i++) {
            check(path + ".items[" + i + "]", items.get(i), violations);
        }
    }

    private void checkLeaf(String path, Artifact output, LeafNote leaf, List<FieldViolation> violations) {
        checkConfidence(path + ".confidence", leaf.getConfidence(), violations);
        if (!pointsInto(output, leaf.getPointer())) {
            violations.add(new FieldViolation(
                    path + ".pointer", "'" + leaf.getPointer() + "' does not point to a value of the output"));
        }
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
            String text = input.get().getText();
            int length = text.codePointCount(0, text.length());
            if (start < 0 || end < start || end > length) {
                violations.add(new FieldViolation(
                        path + ".span",
                        "is [" + start + ", " + end + ") and the input has " + length + " code points"));
            }
        }
    }

    private static Optional<Artifact> item(Artifact input, int index) {
        if (!input.hasItems()) {
            return index == 0 ? Optional.of(input) : Optional.empty();
        }
        List<Artifact> items = input.getItems().getItemsList();
        return index >= 0 && index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
    }

    private static void checkConfidence(String path, double confidence, List<FieldViolation> violations) {
        // Written this way round so that NaN is refused too.
        if (!(confidence >= 0 && confidence <= 1)) {
            violations.add(new FieldViolation(path, "is " + confidence + ", expected 0 to 1"));
        }
    }

    private static boolean pointsInto(Artifact output, String pointer) {
        if (pointer.isEmpty()) {
            return true;
        }
        if (!output.hasJson() || !pointer.startsWith("/")) {
            return false;
        }
        Value value = output.getJson();
        for (String part : pointer.substring(1).split("/", -1)) {
            Optional<Value> child = child(value, part.replace("~1", "/").replace("~0", "~"));
            if (child.isEmpty()) {
                return false;
            }
            value = child.get();
        }
        return true;
    }

    private static Optional<Value> child(Value value, String key) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE ->
                Optional.ofNullable(value.getStructValue().getFieldsMap().get(key));
            case LIST_VALUE -> {
                List<Value> elements = value.getListValue().getValuesList();
                boolean index = key.matches("0|[1-9]\\d{0,8}") && Integer.parseInt(key) < elements.size();
                yield index ? Optional.of(elements.get(Integer.parseInt(key))) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
