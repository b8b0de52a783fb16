package dev.pinfactory.specialists.testkit;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A specialist that keeps the contract. */
@Specialist
final class Capitals implements SpecialistModel {
    private static final Pattern WORD = Pattern.compile("\\b\\p{Lu}\\p{L}*");

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(Capitals::find).toList();
    }

    private static InferenceResult find(Inference inference) {
        String text = inference.text("text");
        double limit = inference.parameter("limit").orElseThrow().getNumberValue();
        Artifact.Builder words =
                Artifact.newBuilder().setName("words").setType("spans").setConfidence(1);
        ListValue.Builder spans = ListValue.newBuilder();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find() && spans.getValuesCount() < limit) {
            int start = text.codePointCount(0, matcher.start());
            int end = start + matcher.group().codePointCount(0, matcher.group().length());
            words.addLeaves(LeafNote.newBuilder()
                    .setPointer("/" + spans.getValuesCount())
                    .setConfidence(0.9)
                    .addEvidence(Evidence.newBuilder()
                            .setInput("text")
                            .setSpan(Span.newBuilder().setStart(start).setEnd(end))));
            spans.addValues(span(start, end, matcher.group()));
        }
        return InferenceResult.answered(
                words.setJson(Value.newBuilder().setListValue(spans)).build());
    }

    private static Value span(int start, int end, String text) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields(
                                "start",
                                Value.newBuilder().setNumberValue(start).build())
                        .putFields("end", Value.newBuilder().setNumberValue(end).build())
                        .putFields(
                                "text", Value.newBuilder().setStringValue(text).build()))
                .build();
    }
}
