package dev.pinfactory.specialists.sdk;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;

/** A specialist of a few lines: counts letters. */
@Specialist(card = "vowels.yaml")
public class Vowels implements SpecialistModel {
    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(Vowels::count).toList();
    }

    private static InferenceResult count(Inference inference) {
        String letters = inference.parameter("letters").orElseThrow().getStringValue();
        long count = inference
                .text("text")
                .codePoints()
                .filter(point -> letters.indexOf(point) >= 0)
                .count();
        return InferenceResult.answered(score("count", count));
    }

    public static Artifact score(String name, double value) {
        Struct score = Struct.newBuilder()
                .putFields("value", Value.newBuilder().setNumberValue(value).build())
                .build();
        return Artifact.newBuilder()
                .setName(name)
                .setType("score")
                .setConfidence(1)
                .setJson(Value.newBuilder().setStructValue(score))
                .build();
    }
}
