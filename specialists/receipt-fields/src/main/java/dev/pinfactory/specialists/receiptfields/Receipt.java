package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A receipt as pieces with places, in reading order, and what stands beside what. For one thread: it remembers what it has worked out. */
final class Receipt {
    /** More pieces than any receipt has; what comes behind is not read. */
    private static final int MAX_LINES = 600;

    private final String text;
    private final List<Line> lines;
    private final List<List<Line>> rows = new ArrayList<>();
    private final Map<String, List<String>> words = new HashMap<>();
    private final Map<String, String> shapes = new HashMap<>();
    private final Map<String, String> forms = new HashMap<>();
    private final double width;
    private final double height;
    private final double typicalHeight;

    private Receipt(String text, List<Line> lines) {
        this.text = text;
        this.lines = List.copyOf(lines);
        this.width = Math.max(1, lines.stream().mapToDouble(Line::right).max().orElse(1));
        this.height = Math.max(1, lines.stream().mapToDouble(Line::bottom).max().orElse(1));
        double[] heights = lines.stream().mapToDouble(Line::height).sorted().toArray();
        this.typicalHeight = heights.length == 0 ? 1 : Math.max(1e-6, heights[heights.length / 2]);
        for (Line line : lines) {
            row(line).add(line);
        }
        rows.forEach(row -> row.sort(Comparator.comparingDouble(Line::left)));
    }

    /** From a text with places, or from plain lines. */
    static Receipt of(Artifact text) {
        boolean placed = text.getSegmentsList().stream().anyMatch(Segment::hasBox);
        return new Receipt(text.getText(), placed ? placed(text) : plain(text.getText()));
    }

    private static List<Line> placed(Artifact artifact) {
        String text = artifact.getText();
        List<Line> lines = new ArrayList<>();
        int codePoints = 0;
        int index = 0;
        for (Segment segment : artifact.getSegmentsList()) {
            if (lines.size() == MAX_LINES || segment.getStart() < codePoints) {
                continue;
            }
            int start = text.offsetByCodePoints(index, segment.getStart() - codePoints);
            int end = text.offsetByCodePoints(start, segment.getEnd() - segment.getStart());
            codePoints = segment.getEnd();
            index = end;
            var box = segment.getBox();
            add(
                    lines,
                    text,
                    start,
                    end,
                    segment.getPage(),
                    box.getLeft(),
                    box.getTop(),
                    box.getRight(),
                    box.getBottom());
        }
        lines.sort(Comparator.comparingInt(Line::page).thenComparingDouble(Line::middle));
        return lines;
    }

    /** Columns of a plain text are as wide as letters, rows twice as high. */
    private static List<Line> plain(String text) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        double top = 0;
        while (start <= text.length() && lines.size() < MAX_LINES) {
            int newLine = text.indexOf('\n', start);
            int end = newLine < 0 ? text.length() : newLine;
            int indent = text.substring(start, end).length()
                    - text.substring(start, end).stripLeading().length();
            add(lines, text, start, end, 0, indent, top, (double) end - start, top + 2);
            top += 2.5;
            start = end + 1;
        }
        return lines;
    }

    private static void add(
            List<Line> lines,
            String text,
            int start,
            int end,
            int page,
            double left,
            double top,
            double right,
            double bottom) {
        String piece = text.substring(start, end);
        String stripped = piece.strip();
        if (!stripped.isEmpty()) {
            int from = start + piece.indexOf(stripped);
            lines.add(new Line(stripped, from, from + stripped.length(), page, left, top, right, bottom));
        }
    }

    private List<Line> row(Line line) {
        for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - 4); i--) {
            if (rows.get(i).getFirst().sameRow(line)) {
                return rows.get(i);
            }
        }
        List<Line> row = new ArrayList<>();
        rows.add(row);
        return row;
    }

    /** The words of a piece of this receipt. Candidates overlap, so the same pieces are asked for hundreds of times. */
    List<String> words(String piece) {
        return words.computeIfAbsent(piece, Words::of);
    }

    String shape(String piece) {
        return shapes.computeIfAbsent(piece, Words::shape);
    }

    String form(String piece) {
        return forms.computeIfAbsent(piece, Words::form);
    }

    String text() {
        return text;
    }

    /** From top to bottom. */
    List<Line> lines() {
        return lines;
    }

    /** From top to bottom, each from left to right. */
    List<List<Line>> rows() {
        return rows;
    }

    double relativeTop(Line line) {
        return line.top() / height;
    }

    double relativeLeft(Line line) {
        return line.left() / width;
    }

    /** One for usual letters, more for large ones. */
    double relativeHeight(Line line) {
        return Math.min(4, line.height() / typicalHeight);
    }

    /** How far the middle of the line is from the middle of the page, 0 to 1. */
    double offCentre(Line line) {
        return Math.min(1, Math.abs((line.left() + line.right()) / 2 - width / 2) / (width / 2));
    }
}
