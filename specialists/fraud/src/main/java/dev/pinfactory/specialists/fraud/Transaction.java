package dev.pinfactory.specialists.fraud;

import dev.pinfactory.specialists.tabular.Row;
import java.util.Optional;

/**
 * One payment.
 *
 * @param time seconds since a midnight
 * @param fraud whether it turned out to be fraud; empty where that is not known
 */
public record Transaction(double time, String customer, String terminal, double amount, Optional<Boolean> fraud) {
    /** Columns that a table of transactions has. */
    static final String TIME = "time_s";

    static final String CUSTOMER = "customer";
    static final String TERMINAL = "terminal";
    static final String AMOUNT = "amount";
    static final String FRAUD = "fraud";

    /** A row as a transaction; empty where one of the four columns that it needs is missing or no number. */
    static Optional<Transaction> of(Row row) {
        Object customer = row.cell(CUSTOMER);
        Object terminal = row.cell(TERMINAL);
        var time = row.number(TIME);
        var amount = row.number(AMOUNT);
        if (customer == null || terminal == null || time.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Transaction(
                time.getAsDouble(), key(row, CUSTOMER), key(row, TERMINAL), amount.getAsDouble(), fraud(row)));
    }

    private static String key(Row row, String column) {
        var number = row.number(column);
        boolean whole = number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble());
        return whole ? String.valueOf((long) number.getAsDouble()) : String.valueOf(row.cell(column));
    }

    private static Optional<Boolean> fraud(Row row) {
        return switch (String.valueOf(row.cell(FRAUD))) {
            case "1.0", "1", "true" -> Optional.of(true);
            case "0.0", "0", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
