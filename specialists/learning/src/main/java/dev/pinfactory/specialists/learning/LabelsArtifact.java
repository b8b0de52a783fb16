package dev.pinfactory.specialists.learning;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import java.util.List;

/** Writes a classifier's answer as an artifact of type {@code labels}. The whole input is the evidence of a label. */
public final class LabelsArtifact {
    /** More are of no use to anyone who merges or reviews. */
    private static final int MAX_CANDIDATES = 5;

    private LabelsArtifact() {}

    /**
     * @param output the port it leaves by
     * @param input the port whose text was classified
     * @param ranked the likeliest first, at least one
     */
    public static Artifact of(String output, String input, List<Candidate> ranked) {
        List<Candidate> shown = ranked.subList(0, Math.min(MAX_CANDIDATES, ranked.size()));
        Candidate best = shown.getFirst();
        Artifact.Builder artifact = Artifact.newBuilder()
                .setName(output)
                .setType(SemanticTypes.LABELS)
                .setConfidence(best.confidence())
                .addLeaves(note("/label", best.confidence(), input));
        ListValue.Builder list = ListValue.newBuilder();
        // No note of their own: that an also-ran is unlikely is no reason for anyone to review the answer.
        for (Candidate candidate : shown) {
            list.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields("label", text(candidate.label()))
                            .putFields(
                                    "confidence",
                                    Value.newBuilder()
                                            .setNumberValue(candidate.confidence())
                                            .build())));
        }
        Struct json = Struct.newBuilder()
                .putFields("label", text(best.label()))
                .putFields("candidates", Value.newBuilder().setListValue(list).build())
                .build();
        return artifact.setJson(Value.newBuilder().setStructValue(json)).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static LeafNote note(String pointer, double confidence, String input) {
        return LeafNote.newBuilder()
                .setPointer(pointer)
                .setConfidence(confidence)
                .addEvidence(Evidence.newBuilder().setInput(input))
                .build();
    }
}
