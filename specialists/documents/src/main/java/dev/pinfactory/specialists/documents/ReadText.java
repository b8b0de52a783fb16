package dev.pinfactory.specialists.documents;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.Segment;
import java.util.ArrayList;
import java.util.List;

/** A text in the making, page after page; offsets are counted in code points. Not safe for concurrent use. */
final class ReadText {
    private final StringBuilder text = new StringBuilder();
    private final List<Segment> segments = new ArrayList<>();
    private final List<LeafNote> notes = new ArrayList<>();
    private int codePoints;
    private double certain;

    /** @throws UnreadableDocumentException when it gets too long */
    void append(String more) throws UnreadableDocumentException {
        append(more, 1);
    }

    private void append(String more, double confidence) throws UnreadableDocumentException {
        int length = more.codePointCount(0, more.length());
        if (codePoints + length > Limits.CHARACTERS) {
            throw new UnreadableDocumentException("it has more than %,d characters".formatted(Limits.CHARACTERS));
        }
        text.append(more);
        codePoints += length;
        certain += confidence * length;
    }

    /** A piece with its place. */
    void append(String piece, int page, Box box) throws UnreadableDocumentException {
        int start = codePoints;
        append(piece);
        segments.add(Segment.newBuilder()
                .setStart(start)
                .setEnd(codePoints)
                .setPage(page)
                .setBox(box)
                .build());
    }

    /** What was recognized, with its own pages. */
    void append(Artifact recognized) throws UnreadableDocumentException {
        append(recognized, 0);
    }

    /**
     * What was read of a page.
     *
     * @param page to say for all of it; 0 for what it says itself
     */
    void append(Artifact recognized, int page) throws UnreadableDocumentException {
        int from = codePoints;
        int before = segments.size();
        append(recognized.getText(), recognized.getConfidence());
        for (Segment segment : recognized.getSegmentsList()) {
            segments.add(segment.toBuilder()
                    .setStart(from + segment.getStart())
                    .setEnd(from + segment.getEnd())
                    .setPage(page == 0 ? segment.getPage() : page)
                    .build());
        }
        for (LeafNote note : recognized.getLeavesList()) {
            String pointer = note.getPointer();
            if (pointer.startsWith("/segments/")) {
                int index = before + Integer.parseInt(pointer.substring("/segments/".length()));
                notes.add(note.toBuilder()
                        .setPointer("/segments/" + index)
                        .clearEvidence()
                        .build());
            }
        }
    }

    /** An empty line between what comes from two pages. */
    void separatePages() throws UnreadableDocumentException {
        if (!text.isEmpty()) {
            append(text.charAt(text.length() - 1) == '\n' ? "\n" : "\n\n");
        }
    }

    boolean isBlank() {
        return text.chars().allMatch(Character::isWhitespace);
    }

    /** @param name of the output port */
    Artifact artifact(String name) {
        return Artifact.newBuilder()
                .setName(name)
                .setType("text")
                .setText(text.toString())
                .setConfidence(codePoints == 0 ? 1 : certain / codePoints)
                .addAllSegments(segments)
                .addAllLeaves(notes)
                .build();
    }
}
