package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.tabular.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What was found in a table.
 *
 * @param groups rows that are the same, two or more each, in the order of their first
 * @param matches pairs of rows, the likeliest first
 */
record Duplicates(List<List<Integer>> groups, List<Matcher.Match> matches) {
    /** What rows that are equal cell for cell are given; the model never sees them. */
    private static final double EQUAL = 0.999;

    Duplicates {
        groups = List.copyOf(groups);
        matches = List.copyOf(matches);
    }

    /** Equal rows are one to the model: thousands of them would hide each other. */
    static Duplicates find(
            Matcher matcher, List<Row> table, List<String> columns, double threshold, BooleanSupplier cancelled) {
        Map<List<String>, Integer> firsts = new HashMap<>();
        List<Integer> single = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Map<Integer, List<Integer>> equals = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            Row row = table.get(i);
            List<String> content = columns.stream()
                    .map(column -> row.cell(column) == null ? "" : String.valueOf(row.cell(column)))
                    .toList();
            boolean blank = content.stream().allMatch(String::isEmpty);
            Integer first = blank ? null : firsts.putIfAbsent(content, i);
            if (first == null) {
                single.add(i);
                rows.add(row);
            } else {
                equals.computeIfAbsent(first, f -> new ArrayList<>()).add(i);
            }
        }
        List<Matcher.Match> matches = new ArrayList<>();
        for (int first : single) {
            equals.getOrDefault(first, List.of()).forEach(other -> matches.add(new Matcher.Match(first, other, EQUAL)));
        }
        List<Matcher.Match> alike = matcher.matches(new Records(rows, columns), cancelled);
        alike.forEach(match -> matches.add(
                new Matcher.Match(single.get(match.first()), single.get(match.second()), match.probability())));
        return new Duplicates(groups(Matcher.groups(alike, threshold), single, equals), matches);
    }

    private static List<List<Integer>> groups(
            List<List<Integer>> alike, List<Integer> single, Map<Integer, List<Integer>> equals) {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        Map<Integer, List<Integer>> left = new HashMap<>(equals);
        for (List<Integer> group : alike) {
            List<Integer> rows = new ArrayList<>();
            for (int row : group) {
                int first = single.get(row);
                rows.add(first);
                List<Integer> same = left.remove(first);
                if (same != null) {
                    rows.addAll(same);
                }
            }
            rows.sort(null);
            groups.put(rows.getFirst(), rows);
        }
        left.forEach((first, others) -> {
            List<Integer> rows = new ArrayList<>(List.of(first));
            rows.addAll(others);
            groups.put(first, rows);
        });
        return List.copyOf(groups.values());
    }
}
