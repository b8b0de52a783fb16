package dev.pinfactory.specialists.tabular;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table.
 *
 * @param cells by column: a Double or a String that is not blank; what is missing is not there
 */
public record Row(Map<String, Object> cells) {
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}([. ]\\d{3})+),\\d+");

    public Row {
        cells = Map.copyOf(cells);
    }

    /** What stands in a column, null where nothing does. */
    public @Nullable Object cell(String column) {
        return cells.get(column);
    }

    /** The number in a column; a text that reads as one counts. */
    public OptionalDouble number(String column) {
        return number(cells.get(column));
    }

    /** Whether it is what a spreadsheet writes for a number where the decimal sign is a comma. */
    public static boolean hasDecimalComma(String text) {
        return DECIMAL_COMMA.matcher(text).matches();
    }

    static OptionalDouble number(@Nullable Object cell) {
        if (cell instanceof Double number) {
            return OptionalDouble.of(number);
        }
        if (!(cell instanceof String text) || text.length() > 40) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
