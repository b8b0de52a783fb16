package dev.pinfactory.specialists.dedupe;

import dev.pinfactory.specialists.tabular.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Tables with duplicates, made up: people, firms, invoices, products, devices, and some of them written twice. */
final class GeneratedTables {
    private static final double TWICE = 0.3;
    private static final double LOST = 0.08;
    private static final List<String> DATES = List.of("%1$04d-%2$02d-%3$02d", "%3$02d.%2$02d.%1$04d", "%3$d %4$s %1$d");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final GeneratedThings things;
    private final Corruption corruption;
    private final Random random;

    GeneratedTables(Vocabulary words, Corruption corruption, long seed) {
        this.corruption = corruption;
        this.random = new Random(seed);
        this.things = new GeneratedThings(words, random);
    }

    /** One kind after the other, from a dozen things to some hundred: what is rare in a table depends on its size. */
    List<LabelledTable> make(int tables, int mostThings) {
        List<LabelledTable> made = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            List<Map<String, String>> originals = new ArrayList<>();
            int count = (int) (12 * Math.pow(mostThings / 12.0, random.nextDouble()));
            GeneratedThings.Kind kind = GeneratedThings.Kind.values()[i % GeneratedThings.Kind.values().length];
            while (originals.size() < count) {
                things.add(kind, originals);
            }
            made.add(table(originals));
        }
        return made;
    }

    private LabelledTable table(List<Map<String, String>> originals) {
        List<String> columns = new ArrayList<>(originals.getFirst().keySet());
        Collections.sort(columns);
        while (columns.size() > 3 && random.nextInt(3) == 0) {
            columns.remove(random.nextInt(columns.size()));
        }
        double touched = 0.2 + 0.5 * random.nextDouble();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            order.add(i);
            while (random.nextDouble() < TWICE) {
                order.add(i);
            }
        }
        boolean[] seen = new boolean[originals.size()];
        List<Map.Entry<String, Row>> rows = new ArrayList<>();
        for (int i : order) {
            // Nobody can tell apart what differs in columns that are not there.
            Map<String, String> shown = new HashMap<>(originals.get(i));
            shown.keySet().retainAll(columns);
            rows.add(Map.entry(shown.toString(), written(originals.get(i), columns, seen[i] ? touched : 0)));
            seen[i] = true;
        }
        Collections.shuffle(rows, random);
        return new LabelledTable(
                columns,
                rows.stream().map(Map.Entry::getValue).toList(),
                Optional.of(rows.stream().map(Map.Entry::getKey).toList()));
    }

    /** @param touched share of the cells that are not as they were; 0 for what is written for the first time */
    private Row written(Map<String, String> original, List<String> columns, double touched) {
        Map<String, Object> cells = new HashMap<>();
        boolean again = touched > 0;
        for (String column : columns) {
            String value = original.getOrDefault(column, "");
            if (column.equals("date")) {
                LocalDate date = LocalDate.parse(value);
                value = DATES.get(again ? random.nextInt(DATES.size()) : 0)
                        .formatted(
                                date.getYear(),
                                date.getMonthValue(),
                                date.getDayOfMonth(),
                                MONTHS.get(date.getMonthValue() - 1));
            } else if (column.equals("amount") || column.equals("price")) {
                double amount = Double.parseDouble(value);
                boolean moved = again && column.equals("price") && random.nextBoolean();
                value = String.format(
                        again && random.nextBoolean() ? Locale.GERMAN : Locale.ENGLISH,
                        again ? "%,.2f" : "%.2f",
                        moved ? amount * (0.95 + 0.1 * random.nextDouble()) : amount);
            } else if (random.nextDouble() < touched) {
                value = corruption.apply(value, random);
            }
            if (!(random.nextDouble() < (again ? 2 * LOST : LOST / 2)) && !value.isBlank()) {
                cells.put(column, value);
            }
        }
        return new Row(cells);
    }
}
