package dev.pinfactory.specialists.learning;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import java.util.List;
import java.util.Optional;

/** What was found, as the output port's artifact: each entity with its place, its confidence and, where it has a usual form, its value. */
public final class EntitiesArtifact {
    private EntitiesArtifact() {}

    /**
     * What was found.
     *
     * @param start index in the text's string
     * @param end index behind the last character
     * @param value in its usual form, where it has one
     */
    public record Found(String type, int start, int end, double confidence, Optional<String> value) {}

    /**
     * @param output the port it leaves by
     * @param input the port whose text was read
     * @param found in the order of the text, not overlapping
     */
    public static Artifact of(String output, String input, String text, List<Found> found) {
        ListValue.Builder entities = ListValue.newBuilder();
        Artifact.Builder artifact = Artifact.newBuilder().setName(output).setType(SemanticTypes.ENTITIES);
        double least = 1;
        int index = 0;
        int codePoints = 0;
        for (Found datum : found) {
            int start = codePoints + text.codePointCount(index, datum.start());
            int end = start + text.codePointCount(datum.start(), datum.end());
            index = datum.end();
            codePoints = end;
            String quote = text.substring(datum.start(), datum.end());
            Struct.Builder entity = Struct.newBuilder()
                    .putFields("type", string(datum.type()))
                    .putFields("text", string(quote))
                    .putFields("start", number(start))
                    .putFields("end", number(end));
            datum.value().ifPresent(value -> entity.putFields("value", string(value)));
            artifact.addLeaves(LeafNote.newBuilder()
                    .setPointer("/" + entities.getValuesCount())
                    .setConfidence(datum.confidence())
                    .addEvidence(Evidence.newBuilder()
                            .setInput(input)
                            .setSpan(Span.newBuilder().setStart(start).setEnd(end))));
            entities.addValues(Value.newBuilder().setStructValue(entity));
            least = Math.min(least, datum.confidence());
        }
        return artifact.setJson(Value.newBuilder().setListValue(entities))
                .setConfidence(least)
                .build();
    }

    private static Value string(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(int value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
