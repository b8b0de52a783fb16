package dev.pinfactory.specialists.tablereader;

import dev.pinfactory.specialists.tablereader.Grid.GridRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table with names and types for its columns.
 *
 * @param columns names, each once
 */
record ReadTable(List<String> columns, List<CellType> types, List<GridRow> rows, double confidence) {
    /** How the first row is taken. */
    enum Header {
        AUTO,
        YES,
        NO
    }

    private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");

    ReadTable {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
        rows = List.copyOf(rows);
    }

    static ReadTable of(Grid grid, Header header) {
        boolean named = header == Header.YES || (header == Header.AUTO && (grid.ruled() || isHeader(grid)));
        List<GridRow> rows = named ? grid.rows().subList(1, grid.rows().size()) : grid.rows();
        List<String> names = named ? grid.rows().getFirst().cells() : List.of();
        List<CellType> types = new ArrayList<>();
        for (int c = 0; c < grid.columns(); c++) {
            types.add(CellType.of(column(rows, c)));
        }
        return new ReadTable(unique(names, grid.columns()), types, rows, grid.confidence());
    }

    /** Names are of another type than what stands below; where all is text, they have no digits. */
    private static boolean isHeader(Grid grid) {
        List<String> first = grid.rows().getFirst().cells();
        List<GridRow> rest = grid.rows().subList(1, grid.rows().size());
        int against = 0;
        int speaks = 0;
        for (int c = 0; c < grid.columns(); c++) {
            CellType below = CellType.of(column(rest, c));
            String name = first.get(c);
            if (below == CellType.TEXT || name.isEmpty()) {
                continue;
            }
            boolean year = YEAR.matcher(name).matches()
                    && column(rest, c).stream()
                            .noneMatch(cell -> YEAR.matcher(cell).matches());
            boolean differs = CellType.of(name) == CellType.TEXT || year;
            speaks += differs ? 1 : 0;
            against += differs ? 0 : 1;
        }
        if (speaks + against > 0) {
            return speaks > against;
        }
        return first.stream().noneMatch(cell -> cell.isEmpty() || cell.chars().anyMatch(Character::isDigit));
    }

    static List<String> column(List<GridRow> rows, int column) {
        return rows.stream().map(row -> row.cells().get(column)).toList();
    }

    /** Who reads the table tells columns apart by name. */
    private static List<String> unique(List<String> names, int count) {
        Set<String> taken = new HashSet<>();
        List<String> unique = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            String name = c < names.size() && !names.get(c).isEmpty() ? names.get(c) : "column" + (c + 1);
            String candidate = name;
            for (int i = 2; !taken.add(candidate); i++) {
                candidate = name + " " + i;
            }
            unique.add(candidate);
        }
        return unique;
    }
}
