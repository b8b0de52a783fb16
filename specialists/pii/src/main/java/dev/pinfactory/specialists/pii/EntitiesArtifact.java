package dev.pinfactory.specialists.pii;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Span;
import java.util.List;

/** What was found, as the output port's artifact: each entity with its place, its confidence and, where it has a usual form, its value. */
final class EntitiesArtifact {
    private EntitiesArtifact() {}

    static Artifact of(String text, List<PersonalDatum> found) {
        ListValue.Builder entities = ListValue.newBuilder();
        Artifact.Builder artifact = Artifact.newBuilder().setName("entities").setType("entities");
        double least = 1;
        int index = 0;
        int codePoints = 0;
        for (PersonalDatum datum : found) {
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
            PiiValue.of(datum.type(), quote).ifPresent(value -> entity.putFields("value", string(value)));
            artifact.addLeaves(LeafNote.newBuilder()
                    .setPointer("/" + entities.getValuesCount())
                    .setConfidence(datum.confidence())
                    .addEvidence(Evidence.newBuilder()
                            .setInput("text")
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
