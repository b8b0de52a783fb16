package dev.pinfactory.specialists.tablereader;

import dev.pinfactory.proto.v1.Box;
import dev.pinfactory.proto.v1.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the segments of a page into rows: those at one height are one row, those close to each other on it one piece. */
final class PageRows {
    /** Of a line's height: words of one cell are nearer to each other. */
    private static final double WORD_GAP = 0.6;

    private static final double ROW_DISTANCE = 0.55;

    private record Placed(Segment segment, int start, int end) {
        double middle() {
            return (segment.getBox().getTop() + segment.getBox().getBottom()) / 2;
        }

        double height() {
            return segment.getBox().getBottom() - segment.getBox().getTop();
        }
    }

    private PageRows() {}

    /**
     * Rows from top to bottom, page by page.
     *
     * @throws IllegalArgumentException when a segment reaches beyond the text, or runs backwards
     */
    static List<List<PlacedCell>> of(String text, List<Segment> segments) {
        List<Placed> placed = placed(text, segments);
        List<Double> heights = placed.stream().map(Placed::height).sorted().toList();
        double height = heights.isEmpty() ? 1 : heights.get(heights.size() / 2);
        placed.sort(
                Comparator.comparingInt((Placed one) -> one.segment().getPage()).thenComparingDouble(Placed::middle));
        List<List<PlacedCell>> rows = new ArrayList<>();
        List<Placed> row = new ArrayList<>();
        for (Placed one : placed) {
            if (!row.isEmpty()) {
                Placed last = row.getLast();
                boolean same = last.segment().getPage() == one.segment().getPage()
                        && one.middle() - last.middle() < ROW_DISTANCE * height;
                if (!same) {
                    rows.add(cells(row, text, height));
                    row = new ArrayList<>();
                }
            }
            row.add(one);
        }
        if (!row.isEmpty()) {
            rows.add(cells(row, text, height));
        }
        return rows;
    }

    private static List<Placed> placed(String text, List<Segment> segments) {
        List<Placed> placed = new ArrayList<>();
        int codePoints = 0;
        int index = 0;
        for (Segment segment : segments) {
            if (segment.getStart() < codePoints || segment.getEnd() < segment.getStart()) {
                throw new IllegalArgumentException("text.segments: they overlap or are not in the order of the text");
            }
            int start;
            int end;
            try {
                start = text.offsetByCodePoints(index, segment.getStart() - codePoints);
                end = text.offsetByCodePoints(start, segment.getEnd() - segment.getStart());
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("text.segments: a segment reaches beyond the text", e);
            }
            codePoints = segment.getEnd();
            index = end;
            if (!text.substring(start, end).isBlank() && segment.hasBox()) {
                placed.add(new Placed(segment, start, end));
            }
        }
        return placed;
    }

    private static List<PlacedCell> cells(List<Placed> row, String text, double height) {
        row.sort(Comparator.comparingDouble(one -> one.segment().getBox().getLeft()));
        List<PlacedCell> cells = new ArrayList<>();
        for (Placed one : row) {
            Box box = one.segment().getBox();
            PlacedCell cell = new PlacedCell(
                    box.getLeft(),
                    box.getRight(),
                    text.substring(one.start(), one.end()).strip(),
                    one.start(),
                    one.end());
            if (!cells.isEmpty() && cell.left() - cells.getLast().right() < WORD_GAP * height) {
                cells.set(cells.size() - 1, cells.getLast().with(cell));
            } else {
                cells.add(cell);
            }
        }
        return cells;
    }
}
