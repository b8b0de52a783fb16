package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.PageBox;
import dev.pinfactory.proto.v1.Segment;
import java.util.List;

/**
 * A text as {@code receipt-fields} and others take it: a row of the page is a line of text, its pieces two blanks apart and a segment each, with an empty
 * line between pages. {@code /segments/N} has the confidence of each piece.
 */
final class TextArtifact {
    private static final String BETWEEN_PIECES = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Artifact.Builder artifact =
            Artifact.newBuilder().setName(OcrSpecialist.TEXT).setType("text");
    private double sum;
    private int signs;

    private TextArtifact() {}

    /** @param pages the rows of each page; at least one line */
    static Artifact of(List<List<List<PlacedLine>>> pages) {
        TextArtifact text = new TextArtifact();
        for (List<List<PlacedLine>> rows : pages) {
            if (!text.text.isEmpty()) {
                text.text.append('\n');
            }
            for (List<PlacedLine> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    text.text.append(i == 0 ? "" : BETWEEN_PIECES);
                    text.add(row.get(i));
                }
                text.text.append('\n');
            }
        }
        return text.artifact
                .setText(text.text.toString())
                .setConfidence(text.sum / text.signs)
                .build();
    }

    /** All signs are of the basic plane: an index into the string is a code point's. */
    private void add(PlacedLine line) {
        int start = text.length();
        text.append(line.text());
        Box box = Box.newBuilder()
                .setLeft(line.left())
                .setTop(line.top())
                .setRight(line.right())
                .setBottom(line.bottom())
                .build();
        artifact.addLeaves(LeafNote.newBuilder()
                .setPointer("/segments/" + artifact.getSegmentsCount())
                .setConfidence(line.confidence())
                .addEvidence(Evidence.newBuilder()
                        .setInput(OcrSpecialist.IMAGE)
                        .setPlace(PageBox.newBuilder().setPage(line.page()).setBox(box))));
        artifact.addSegments(Segment.newBuilder()
                .setStart(start)
                .setEnd(text.length())
                .setPage(line.page())
                .setBox(box));
        sum += line.confidence() * line.text().length();
        signs += line.text().length();
    }
}
