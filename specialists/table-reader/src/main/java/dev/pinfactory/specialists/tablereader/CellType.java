package dev.pinfactory.specialists.tablereader;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What stands in a column. */
enum CellType {
    NUMBER,
    DATE,
    TEXT;

    private static final Pattern DIGITS = Pattern.compile("[-+−]?\\d[\\d., '\\u00a0]{0,24}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}");

    /** Above, a JSON number is not what was written. */
    private static final double LARGEST = 9_007_199_254_740_991.0;

    static CellType of(List<String> cells) {
        List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        if (filled.isEmpty()) {
            return TEXT;
        }
        if (filled.stream().allMatch(cell -> DAY.matcher(cell).matches())) {
            return DATE;
        }
        boolean comma = commaIsDecimal(filled);
        return filled.stream().allMatch(cell -> number(cell, comma).isPresent()) ? NUMBER : TEXT;
    }

    static CellType of(String cell) {
        return of(List.of(cell));
    }

    /** Whether the column's numbers have a comma before the decimals: one of them has a comma last, and not before three digits alone. */
    static boolean commaIsDecimal(List<String> cells) {
        return cells.stream().anyMatch(cell -> {
            int comma = cell.lastIndexOf(',');
            int behind = cell.length() - comma - 1;
            return comma >= 0
                    && comma > cell.lastIndexOf('.')
                    && (behind != 3 || cell.indexOf('.') >= 0 || cell.startsWith("0"));
        });
    }

    /** Codes with leading zeros and numbers too large to be kept are none. */
    static OptionalDouble number(String cell, boolean commaIsDecimal) {
        if (!DIGITS.matcher(cell).matches()) {
            return OptionalDouble.empty();
        }
        String plain = cell.replaceAll("[ '\\u00a0+]", "").replace('−', '-');
        String usual = commaIsDecimal ? plain.replace(".", "").replace(',', '.') : plain.replace(",", "");
        boolean code = usual.replace("-", "").matches("0\\d++.*+");
        if (code || usual.indexOf('.') != usual.lastIndexOf('.') || usual.endsWith(".")) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(usual);
        return Math.abs(number) > LARGEST ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
