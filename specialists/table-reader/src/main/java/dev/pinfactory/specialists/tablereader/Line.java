package dev.pinfactory.specialists.tablereader;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a text.
 *
 * @param start index in the text's string
 */
record Line(String text, int start) {
    /** The widest gap within a cell. */
    private static final int GAP = 1;

    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            boolean carriage = stop > start && text.charAt(stop - 1) == '\r';
            lines.add(new Line(text.substring(start, carriage ? stop - 1 : stop), start));
            start = stop + 1;
        }
        return lines;
    }

    /** The pieces between runs of two and more blanks. */
    List<PlacedCell> pieces() {
        List<PlacedCell> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isBlank(at)) {
                at++;
                continue;
            }
            int end = at;
            for (int i = at; i < text.length() && i - end <= GAP; i++) {
                end = isBlank(i) ? end : i + 1;
            }
            pieces.add(new PlacedCell(at, end, text.substring(at, end), start + at, start + end));
            at = end;
        }
        return pieces;
    }

    private boolean isBlank(int at) {
        return Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0';
    }
}
