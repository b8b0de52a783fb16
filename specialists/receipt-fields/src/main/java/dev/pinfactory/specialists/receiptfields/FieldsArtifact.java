package dev.pinfactory.specialists.receiptfields;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.PageBox;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.receiptfields.Candidate.Part;
import dev.pinfactory.specialists.receiptfields.FieldReader.Reading;
import java.util.List;

/** What was read, as the output port's artifact: each field with its confidence and the places that it was read from. */
final class FieldsArtifact {
    private FieldsArtifact() {}

    static Artifact of(Receipt receipt, List<Reading> readings) {
        Struct.Builder fields = Struct.newBuilder();
        Artifact.Builder artifact = Artifact.newBuilder().setName("fields").setType("fields");
        double least = 1;
        for (Reading reading : readings) {
            String key = reading.field().key();
            fields.putFields(
                    key,
                    Value.newBuilder()
                            .setStringValue(reading.candidate().value())
                            .build());
            LeafNote.Builder note = LeafNote.newBuilder().setPointer("/" + key).setConfidence(reading.confidence());
            reading.candidate().parts().forEach(part -> note.addEvidence(evidence(receipt.text(), part)));
            artifact.addLeaves(note);
            least = Math.min(least, reading.confidence());
        }
        return artifact.setJson(Value.newBuilder().setStructValue(fields))
                .setConfidence(least)
                .build();
    }

    private static Evidence evidence(String text, Part part) {
        int start = text.codePointCount(0, part.start());
        int end = start + text.codePointCount(part.start(), part.end());
        Evidence.Builder evidence = Evidence.newBuilder()
                .setInput("text")
                .setSpan(Span.newBuilder().setStart(start).setEnd(end));
        Line line = part.line();
        if (line.page() > 0) {
            evidence.setPlace(PageBox.newBuilder()
                    .setPage(line.page())
                    .setBox(Box.newBuilder()
                            .setLeft(line.left())
                            .setTop(line.top())
                            .setRight(line.right())
                            .setBottom(line.bottom())));
        }
        return evidence.build();
    }
}
