package dev.pinfactory.specialists.tablereader;

import dev.pinfactory.specialists.tablereader.Grid.GridRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Tables whose columns stand below each other. Columns are where nothing, or next to nothing, of the full rows stands in between. */
final class Aligned {
    private static final double CONFIDENCE = 0.9;

    /** Of the rows: as many may reach across the gap between two columns. */
    private static final double STRAY = 0.1;

    private static final double FULL = 0.75;

    private Aligned() {}

    private record Column(double left, double right) {
        double distance(PlacedCell cell) {
            double overlap = Math.min(right, cell.right()) - Math.max(left, cell.left());
            return -overlap;
        }
    }

    /** The largest table among the runs of rows that have two and more pieces. */
    static Optional<Grid> find(List<List<PlacedCell>> rows) {
        return runs(rows).stream().flatMap(run -> grid(run).stream()).max(Comparator.comparingInt(Grid::size));
    }

    /** A row with one piece, and only one such, may stand within a run. */
    private static List<List<List<PlacedCell>>> runs(List<List<PlacedCell>> rows) {
        List<List<List<PlacedCell>>> runs = new ArrayList<>();
        List<List<PlacedCell>> run = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean within = rows.get(i).size() == 1
                    && !run.isEmpty()
                    && i + 1 < rows.size()
                    && rows.get(i + 1).size() > 1;
            if (rows.get(i).size() > 1 || within) {
                run.add(rows.get(i));
                continue;
            }
            runs.add(run);
            run = new ArrayList<>();
        }
        runs.add(run);
        return runs;
    }

    private static Optional<Grid> grid(List<List<PlacedCell>> run) {
        if (run.size() < 2) {
            return Optional.empty();
        }
        List<Integer> sizes = run.stream().map(List::size).sorted().toList();
        double full = FULL * sizes.get(sizes.size() / 2);
        List<Column> columns =
                columns(run.stream().filter(row -> row.size() >= full).toList());
        if (columns.size() < 2) {
            return Optional.empty();
        }
        List<GridRow> rows =
                new ArrayList<>(run.stream().map(row -> row(row, columns)).toList());
        // A line above, or a sum below, that has little of a row.
        while (!rows.isEmpty() && 2 * rows.getFirst().filled() < columns.size()) {
            rows.removeFirst();
        }
        while (!rows.isEmpty() && 2 * rows.getLast().filled() < columns.size()) {
            rows.removeLast();
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        double filled = rows.stream().mapToLong(GridRow::filled).sum() / (double) (rows.size() * columns.size());
        return Optional.of(new Grid(rows, false, CONFIDENCE * (0.6 + 0.4 * filled)));
    }

    private static List<Column> columns(List<List<PlacedCell>> rows) {
        double[] edges = rows.stream()
                .flatMap(List::stream)
                .flatMapToDouble(cell -> DoubleStream.of(cell.left(), cell.right()))
                .sorted()
                .distinct()
                .toArray();
        int stray = (int) (STRAY * rows.size());
        List<PlacedCell> cells = rows.stream().flatMap(List::stream).toList();
        int[] cover = cover(edges, cells);
        List<Column> columns = new ArrayList<>();
        double left = Double.NaN;
        for (int i = 0; i + 1 < edges.length; i++) {
            boolean covered = cover[i] > stray;
            if (covered && Double.isNaN(left)) {
                left = edges[i];
            }
            if (!Double.isNaN(left) && (!covered || i + 2 == edges.length)) {
                columns.add(new Column(left, covered ? edges[i + 1] : edges[i]));
                left = Double.NaN;
            }
        }
        return columns;
    }

    /** How many cells stand between each edge and the next. */
    private static int[] cover(double[] edges, List<PlacedCell> cells) {
        int[] change = new int[edges.length + 1];
        for (PlacedCell cell : cells) {
            change[Arrays.binarySearch(edges, cell.left())]++;
            change[Arrays.binarySearch(edges, cell.right())]--;
        }
        int[] cover = new int[edges.length];
        int now = 0;
        for (int i = 0; i < edges.length; i++) {
            now += change[i];
            cover[i] = now;
        }
        return cover;
    }

    private static GridRow row(List<PlacedCell> pieces, List<Column> columns) {
        List<StringBuilder> cells = IntStream.range(0, columns.size())
                .mapToObj(i -> new StringBuilder())
                .toList();
        int start = Integer.MAX_VALUE;
        int end = 0;
        for (PlacedCell piece : pieces) {
            int nearest = IntStream.range(0, columns.size())
                    .boxed()
                    .min(Comparator.comparingDouble(i -> columns.get(i).distance(piece)))
                    .orElseThrow();
            StringBuilder cell = cells.get(nearest);
            cell.append(cell.isEmpty() ? "" : " ").append(piece.text());
            start = Math.min(start, piece.start());
            end = Math.max(end, piece.end());
        }
        return new GridRow(cells.stream().map(StringBuilder::toString).toList(), start, end);
    }
}
