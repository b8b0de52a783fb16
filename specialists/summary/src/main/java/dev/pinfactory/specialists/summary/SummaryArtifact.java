package dev.pinfactory.specialists.summary;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.specialists.learning.Sentence;

/** The picked sentences as the output port's text: word for word, one blank between them, each with its place in the source. */
final class SummaryArtifact {
    private SummaryArtifact() {}

    static Artifact of(Artifact source, SummaryModel.Pick pick) {
        String text = source.getText();
        StringBuilder summary = new StringBuilder();
        Artifact.Builder artifact = Artifact.newBuilder()
                .setName("summary")
                .setType("text")
                .setLanguage(source.getLanguage())
                .setConfidence(pick.confidence());
        LeafNote.Builder note = LeafNote.newBuilder().setPointer("").setConfidence(pick.confidence());
        int length = 0;
        int sourceEnd = 0;
        for (Sentence sentence : pick.sentences()) {
            int start = text.codePointCount(0, sentence.start());
            int end = start + text.codePointCount(sentence.start(), sentence.end());
            if (length > 0) {
                artifact.addOffsetMap(run(length, length + 1, sourceEnd, start));
                summary.append(' ');
                length++;
            }
            artifact.addOffsetMap(run(length, length + end - start, start, end));
            note.addEvidence(Evidence.newBuilder()
                    .setInput("text")
                    .setSpan(Span.newBuilder().setStart(start).setEnd(end)));
            summary.append(text, sentence.start(), sentence.end());
            length += end - start;
            sourceEnd = end;
        }
        return artifact.setText(summary.toString()).addLeaves(note).build();
    }

    private static OffsetRun run(int start, int end, int sourceStart, int sourceEnd) {
        return OffsetRun.newBuilder()
                .setStart(start)
                .setEnd(end)
                .setSourceStart(sourceStart)
                .setSourceEnd(sourceEnd)
                .build();
    }
}
