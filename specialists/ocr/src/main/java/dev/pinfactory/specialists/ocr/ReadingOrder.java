package dev.pinfactory.specialists.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From top to bottom, and in a row from left to right. Columns of running text are read across. */
final class ReadingOrder {
    /** A row may be joined as long as only a few others have begun since: a tall letter at the left does not hold a page together. */
    private static final int OPEN_ROWS = 4;

    private ReadingOrder() {}

    /** The rows of one page. */
    static List<List<PlacedLine>> rows(List<PlacedLine> lines) {
        List<List<PlacedLine>> rows = new ArrayList<>();
        lines.stream()
                .sorted(Comparator.comparingDouble(PlacedLine::middle).thenComparingDouble(PlacedLine::left))
                .forEach(line -> row(rows, line).add(line));
        rows.forEach(row -> row.sort(Comparator.comparingDouble(PlacedLine::left)));
        return rows;
    }

    private static List<PlacedLine> row(List<List<PlacedLine>> rows, PlacedLine line) {
        for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - OPEN_ROWS); i--) {
            if (rows.get(i).getFirst().besides(line)) {
                return rows.get(i);
            }
        }
        List<PlacedLine> row = new ArrayList<>();
        rows.add(row);
        return row;
    }
}
