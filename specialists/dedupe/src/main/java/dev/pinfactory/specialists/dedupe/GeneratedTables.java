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

/**
 * Tables with duplicates, made up: customers, invoices, products. Each holds what makes the task hard: households, branches, invoices of one supplier with the
 * next number and the same amount, variants of a product.
 */
final class GeneratedTables {
    private static final double TWICE = 0.3;
    private static final double LOST = 0.08;
    private static final List<String> DATES = List.of("%1$04d-%2$02d-%3$02d", "%3$02d.%2$02d.%1$04d", "%3$d %4$s %1$d");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private final Vocabulary words;
    private final Corruption corruption;
    private final Random random;

    GeneratedTables(Vocabulary words, Corruption corruption, long seed) {
        this.words = words;
        this.corruption = corruption;
        this.random = new Random(seed);
    }

    /** Customers, invoices and products in turn, from a dozen things to some hundred: what is rare in a table depends on its size. */
    List<LabelledTable> make(int tables, int mostThings) {
        List<LabelledTable> made = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            List<Map<String, String>> originals = new ArrayList<>();
            int things = (int) (12 * Math.pow(mostThings / 12.0, random.nextDouble()));
            while (originals.size() < things) {
                switch (i % 3) {
                    case 0 -> customers(originals);
                    case 1 -> invoices(originals);
                    default -> products(originals);
                }
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
            rows.add(Map.entry("e" + i, written(originals.get(i), columns, seen[i] ? touched : 0)));
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

    /** Now and then a household or a branch of the one before. */
    private void customers(List<Map<String, String>> all) {
        String name = words.surname(random);
        String company = (random.nextBoolean() ? name : words.surname(random)) + " " + any(words.trades()) + " "
                + any(words.forms());
        String street = any(words.streets()) + " " + (1 + random.nextInt(90));
        String city = any(words.cities());
        String zip = String.valueOf(10_000 + random.nextInt(89_999));
        int relatives = random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 0; i < relatives; i++) {
            boolean branch = i > 0 && random.nextBoolean();
            String first = any(words.first());
            all.add(Map.of(
                    "name",
                    first + " " + (branch ? words.surname(random) : name),
                    "company",
                    company,
                    "street",
                    branch ? any(words.streets()) + " " + (1 + random.nextInt(90)) : street,
                    "zip",
                    branch ? String.valueOf(10_000 + random.nextInt(89_999)) : zip,
                    "city",
                    branch ? any(words.cities()) : city,
                    "phone",
                    "0" + (20 + random.nextInt(70)) + " " + (100_000 + random.nextInt(899_999)),
                    "email",
                    (first.charAt(0) + "." + name + "@" + name + ".example").toLowerCase(Locale.ROOT)));
        }
    }

    /** A supplier with up to four invoices, often in a row and over the same amount. */
    private void invoices(List<Map<String, String>> all) {
        String supplier = words.surname(random) + " " + any(words.trades()) + " " + any(words.forms());
        int number = 100 + random.nextInt(90_000);
        String prefix = List.of("", "RE-", "INV", "2025/", "F-").get(random.nextInt(5));
        LocalDate date = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(360));
        String amount = String.format(Locale.ROOT, "%.2f", 20 + random.nextInt(900_000) / 100.0);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            all.add(Map.of(
                    "supplier",
                    supplier,
                    "invoice",
                    prefix + number,
                    "date",
                    date.toString(),
                    "amount",
                    amount,
                    "text",
                    any(words.things()) + " " + any(words.traits())));
            number += 1 + (random.nextBoolean() ? 0 : random.nextInt(30));
            date = random.nextInt(3) == 0 ? date : date.plusDays(30);
            amount = random.nextBoolean()
                    ? amount
                    : String.format(Locale.ROOT, "%.2f", 20 + random.nextInt(900_000) / 100.0);
        }
    }

    /** Variants of one thing. */
    private void products(List<Map<String, String>> all) {
        String brand = words.surname(random);
        String thing = any(words.things());
        int model = 10 + random.nextInt(900);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            all.add(Map.of(
                    "product",
                    thing + " " + any(words.traits()) + " " + any(words.traits()) + " "
                            + (random.nextBoolean() ? brand : ""),
                    "brand",
                    brand,
                    "model",
                    brand.substring(0, 1).toUpperCase(Locale.ROOT) + thing.charAt(0) + "-" + model,
                    "price",
                    String.format(Locale.ROOT, "%.2f", 5 + random.nextInt(50_000) / 100.0)));
            model += 1 + random.nextInt(5);
        }
    }

    private String any(List<String> list) {
        return Vocabulary.any(list, random);
    }
}
