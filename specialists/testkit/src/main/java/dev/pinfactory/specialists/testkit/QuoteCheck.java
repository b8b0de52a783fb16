package dev.pinfactory.specialists.testkit;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;
import java.util.Set;

/** Checks that spans and entities stand where they say. Offsets in bytes or UTF-16 units show up here as soon as a text has an emoji. */
final class QuoteCheck {
    private static final Set<String> TYPES = Set.of("spans", "entities");

    private QuoteCheck() {}

    /** Looks only where there is one text that the offsets can mean. */
    static void check(List<Artifact> outputs, List<Artifact> inputs) {
        List<Artifact> texts = inputs.stream().filter(Artifact::hasText).toList();
        if (texts.size() != 1) {
            return;
        }
        int[] points = texts.getFirst().getText().codePoints().toArray();
        for (Artifact output : outputs) {
            if (TYPES.contains(output.getType()) && output.hasJson()) {
                for (Value span : output.getJson().getListValue().getValuesList()) {
                    checkSpan(output.getName(), span.getStructValue(), points);
                }
            }
        }
    }

    private static void checkSpan(String output, Struct span, int[] points) {
        int start = (int)
                span.getFieldsOrDefault("start", Value.getDefaultInstance()).getNumberValue();
        int end =
                (int) span.getFieldsOrDefault("end", Value.getDefaultInstance()).getNumberValue();
        ContractViolation.unless(
                0 <= start && start <= end && end <= points.length,
                "outputs[" + output + "] has the span [" + start + ", " + end + ") in a text of " + points.length
                        + " code points");
        Value text = span.getFieldsOrDefault("text", Value.getDefaultInstance());
        if (text.hasStringValue()) {
            String quoted = new String(points, start, end - start);
            ContractViolation.unless(
                    text.getStringValue().equals(quoted),
                    "outputs[" + output + "] says '" + text.getStringValue() + "' stands at [" + start + ", " + end
                            + "), where the text says '" + quoted + "'; offsets are Unicode code points");
        }
    }
}
