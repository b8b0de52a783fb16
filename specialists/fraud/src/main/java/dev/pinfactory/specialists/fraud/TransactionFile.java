package dev.pinfactory.specialists.fraud;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.DataFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a CSV with the columns {@code time_s, customer, terminal, amount} and, where it is known, {@code fraud}; {@code .gz} or plain. */
final class TransactionFile {
    private TransactionFile() {}

    static List<Transaction> read(Path file) {
        int number = 1;
        try (BufferedReader lines = DataFile.open(file)) {
            String header = lines.readLine();
            List<String> columns =
                    header == null ? List.of() : List.of(header.strip().split(",", -1));
            int time = column(file, columns, Transaction.TIME);
            int customer = column(file, columns, Transaction.CUSTOMER);
            int terminal = column(file, columns, Transaction.TERMINAL);
            int amount = column(file, columns, Transaction.AMOUNT);
            int fraud = columns.indexOf(Transaction.FRAUD);
            List<Transaction> transactions = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = line.strip().split(",", -1);
                if (cells.length != columns.size()) {
                    throw new DataException(
                            "%s:%d has %d cells, expected %d".formatted(file, number, cells.length, columns.size()));
                }
                transactions.add(new Transaction(
                        Double.parseDouble(cells[time]),
                        cells[customer],
                        cells[terminal],
                        Double.parseDouble(cells[amount]),
                        fraud < 0 ? Optional.empty() : fraud(file + ":" + number, cells[fraud])));
            }
            if (transactions.isEmpty()) {
                throw new DataException(file + " has no rows");
            }
            return transactions;
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (NumberFormatException e) {
            throw new DataException(file + ":" + number + ": time_s and amount have to be numbers", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 near line " + (number + 1), e);
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Boolean> fraud(String place, String cell) {
        return switch (cell.strip()) {
            case "" -> Optional.empty();
            case "0", "0.0" -> Optional.of(false);
            case "1", "1.0" -> Optional.of(true);
            default -> throw new DataException("%s: fraud is '%s', expected 0 or 1".formatted(place, cell));
        };
    }

    private static int column(Path file, List<String> columns, String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new DataException(file + " has no column '" + name + "'");
        }
        return at;
    }
}
