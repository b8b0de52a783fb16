package dev.pinfactory.proto.type;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.OffsetRun;
import dev.pinfactory.proto.v1.Segment;
import java.util.List;

/** Segments and offset maps of a text: inside it by code points, in order, not overlapping. */
final class TextOffsets {
    private final List<FieldViolation> violations;
    private final int limit;

    TextOffsets(List<FieldViolation> violations, int limit) {
        this.violations = violations;
        this.limit = limit;
    }

    void check(Artifact artifact, String at) {
        int length = CodePoints.length(artifact.getText());
        int end = 0;
        for (int i = 0; i < artifact.getSegmentsCount(); i++) {
            Segment segment = artifact.getSegments(i);
            String field = at + ".segments[" + i + "]";
            range(segment.getStart(), segment.getEnd(), end, length, field);
            end = Math.max(end, segment.getEnd());
            if (segment.getPage() < 0) {
                add(field + ".page", segment.getPage() + " is negative");
            }
            if (segment.hasBox()) {
                box(segment.getBox(), field + ".box");
            }
        }
        end = 0;
        for (int i = 0; i < artifact.getOffsetMapCount(); i++) {
            OffsetRun run = artifact.getOffsetMap(i);
            String field = at + ".offset_map[" + i + "]";
            range(run.getStart(), run.getEnd(), end, length, field);
            end = Math.max(end, run.getEnd());
            if (run.getSourceStart() < 0 || run.getSourceEnd() < run.getSourceStart()) {
                add(field, "expected 0 <= source_start <= source_end");
            }
        }
    }

    private void range(int start, int end, int least, int length, String field) {
        if (start < 0 || end < start || end > length) {
            add(field, "[" + start + ", " + end + ") is not inside the text of " + length + " code points");
        } else if (start < least) {
            add(field, "starts at " + start + ", before the one before it ends at " + least);
        }
    }

    private void box(Box box, String field) {
        boolean ordered = box.getLeft() <= box.getRight() && box.getTop() <= box.getBottom();
        if (!ordered || !Double.isFinite(box.getLeft() + box.getTop() + box.getRight() + box.getBottom())) {
            add(field, "expected left <= right and top <= bottom");
        }
    }

    private void add(String field, String message) {
        if (violations.size() < limit) {
            violations.add(new FieldViolation(field, message));
        }
    }
}
