package dev.pinfactory.specialists.pii;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.Segment;
import java.util.BitSet;
import java.util.List;

/** The text with replacements such as {@code [PERSON]}, and how its offsets map back to the source. */
final class RedactedArtifact {
    private final String text;
    private final StringBuilder redacted = new StringBuilder();
    private final Artifact.Builder artifact;

    /** Indices of the runs that stand for personal data. */
    private final BitSet replacements = new BitSet();

    private int index;
    private int codePoints;
    private int length;

    private RedactedArtifact(Artifact source) {
        this.text = source.getText();
        this.artifact =
                Artifact.newBuilder().setName("redacted").setType("text").setLanguage(source.getLanguage());
    }

    static Artifact of(Artifact source, List<PersonalDatum> found) {
        RedactedArtifact redaction = new RedactedArtifact(source);
        double least = 1;
        for (PersonalDatum datum : found) {
            redaction.keepUntil(datum.start());
            redaction.replaceUntil(datum.end(), "[" + datum.type() + "]");
            least = Math.min(least, datum.confidence());
        }
        redaction.keepUntil(source.getText().length());
        redaction.carry(source.getSegmentsList());
        return redaction
                .artifact
                .setText(redaction.redacted.toString())
                .setConfidence(least)
                .build();
    }

    private void keepUntil(int end) {
        if (end > index) {
            append(text.substring(index, end), end);
        }
    }

    private void replaceUntil(int end, String replacement) {
        replacements.set(artifact.getOffsetMapCount());
        append(replacement, end);
    }

    private void append(String piece, int sourceEnd) {
        int sourceLength = text.codePointCount(index, sourceEnd);
        int pieceLength = piece.codePointCount(0, piece.length());
        artifact.addOffsetMap(OffsetRun.newBuilder()
                .setStart(length)
                .setEnd(length + pieceLength)
                .setSourceStart(codePoints)
                .setSourceEnd(codePoints + sourceLength));
        redacted.append(piece);
        index = sourceEnd;
        codePoints += sourceLength;
        length += pieceLength;
    }

    /** Segments keep their places on the page; one that ends within a datum ends behind its replacement, and the next begins there. */
    private void carry(List<Segment> segments) {
        int run = 0;
        int behind = 0;
        for (Segment segment : segments) {
            while (run + 1 < artifact.getOffsetMapCount()
                    && artifact.getOffsetMap(run).getSourceEnd() <= segment.getStart()) {
                run++;
            }
            int start = Math.max(behind, map(run, segment.getStart(), false));
            int last = run;
            while (last + 1 < artifact.getOffsetMapCount()
                    && artifact.getOffsetMap(last).getSourceEnd() < segment.getEnd()) {
                last++;
            }
            int end = Math.max(start, map(last, segment.getEnd(), true));
            artifact.addSegments(segment.toBuilder().setStart(start).setEnd(end));
            behind = end;
        }
    }

    private int map(int run, int offset, boolean isEnd) {
        if (artifact.getOffsetMapCount() == 0) {
            return 0;
        }
        OffsetRun where = artifact.getOffsetMap(run);
        if (replacements.get(run)) {
            boolean begins = offset <= where.getSourceStart();
            return begins && !isEnd ? where.getStart() : where.getEnd();
        }
        return Math.clamp(where.getStart() + (long) offset - where.getSourceStart(), where.getStart(), where.getEnd());
    }
}
