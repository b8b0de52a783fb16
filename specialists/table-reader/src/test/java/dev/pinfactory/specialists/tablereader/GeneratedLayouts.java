package dev.pinfactory.specialists.tablereader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Tables of made-up content in many layouts, as lines of the evaluation's form: columns of blanks, boxes that are not quite straight, CSV, Markdown; with text around. */
final class GeneratedLayouts {
    private static final List<String> WORDS = List.of(
            "lamp",
            "chair",
            "Oslo",
            "Nordwind",
            "valve",
            "spare part",
            "M-7",
            "green tea",
            "ok",
            "pending",
            "A. Keller",
            "north gate");
    private static final List<String> NAMES = List.of(
            "Item", "City", "State", "Amount", "Quantity", "Unit price", "Supplier", "Reading", "Note", "Batch");
    private static final List<String> PROSE = List.of(
            "Please find the figures below.",
            "Report of the week",
            "With kind regards",
            "All values were checked twice by the team.");
    private static final double MISSING = 0.06;
    private static final int CHARACTER = 9;
    private static final int LINE = 30;

    private final Random random;

    GeneratedLayouts(long seed) {
        random = new Random(seed);
    }

    List<String> lines(int count) {
        JsonMapper json = new JsonMapper();
        return IntStream.range(0, count)
                .mapToObj(i -> json.writeValueAsString(item(i % 4)))
                .toList();
    }

    private Map<String, Object> item(int layout) {
        int width = 2 + random.nextInt(5);
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<String> columns = names.subList(0, width);
        boolean[] numeric = new boolean[width];
        numeric[width - 1] = true;
        for (int c = 1; c < width - 1; c++) {
            numeric[c] = random.nextBoolean();
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r = 2 + random.nextInt(12); r > 0; r--) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < width; c++) {
                boolean missing = c > 0 && random.nextDouble() < MISSING;
                row.add(missing ? "" : numeric[c] ? number() : WORDS.get(random.nextInt(WORDS.size())));
            }
            rows.add(row);
        }
        List<List<String>> all = new ArrayList<>(List.of(columns));
        all.addAll(rows);
        Map<String, Object> item = new LinkedHashMap<>();
        switch (layout) {
            case 0 -> item.put("text", around(aligned(all, numeric)));
            case 1 -> boxes(all, numeric, item);
            case 2 -> item.put("text", around(delimited(all, random.nextBoolean() ? ";" : "\t")));
            default -> item.put("text", around(delimited(all, " | ")));
        }
        item.put("columns", columns);
        item.put("rows", rows);
        return item;
    }

    private String number() {
        return String.format(
                Locale.ENGLISH, random.nextBoolean() ? "%.0f" : "%,.2f", random.nextInt(1_000_000) / 100.0);
    }

    private String around(String table) {
        String before = random.nextBoolean() ? PROSE.get(random.nextInt(PROSE.size())) + "\n\n" : "";
        String after = random.nextBoolean() ? "\n\n" + PROSE.get(random.nextInt(PROSE.size())) : "";
        return before + table + after;
    }

    private static String delimited(List<List<String>> rows, String delimiter) {
        return rows.stream().map(row -> String.join(delimiter, row)).collect(Collectors.joining("\n"));
    }

    private int[] widths(List<List<String>> rows) {
        return IntStream.range(0, rows.getFirst().size())
                .map(c ->
                        rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
    }

    private String aligned(List<List<String>> rows, boolean[] right) {
        int[] widths = widths(rows);
        String gap = " ".repeat(2 + random.nextInt(4));
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(c -> {
                            String blanks = " ".repeat(widths[c] - row.get(c).length());
                            return right[c] ? blanks + row.get(c) : row.get(c) + blanks;
                        })
                        .collect(Collectors.joining(gap))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    /** Each cell a segment, a few units off its place, the page a little askew; a heading above. */
    private void boxes(List<List<String>> rows, boolean[] right, Map<String, Object> item) {
        int[] widths = widths(rows);
        double skew = (random.nextDouble() - 0.5) * 0.02;
        int gap = 2 + random.nextInt(4);
        StringBuilder text = new StringBuilder();
        List<List<Number>> segments = new ArrayList<>();
        double top = 40;
        segment(PROSE.get(random.nextInt(PROSE.size())), 20, top, text, segments);
        for (List<String> row : rows) {
            top += LINE;
            int at = 0;
            for (int c = 0; c < widths.length; c++) {
                String cell = row.get(c);
                int place = right[c] ? at + widths[c] - cell.length() : at;
                if (!cell.isEmpty()) {
                    double left = place * CHARACTER + random.nextInt(7) - 3;
                    segment(cell, left, top + skew * left + random.nextInt(5) - 2, text, segments);
                }
                at += widths[c] + gap;
            }
        }
        item.put("text", text.toString().stripTrailing());
        item.put("segments", segments);
    }

    private static void segment(String cell, double left, double top, StringBuilder text, List<List<Number>> segments) {
        int start = text.length();
        text.append(cell).append('\n');
        segments.add(List.of(start, start + cell.length(), 1, left, top, left + cell.length() * CHARACTER, top + 18));
    }
}
