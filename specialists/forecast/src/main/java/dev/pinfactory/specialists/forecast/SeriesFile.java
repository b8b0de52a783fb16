package dev.pinfactory.specialists.forecast;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.DataFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV with a date and then a column for each channel, {@code .gz} or plain.
 *
 * @param channels a row for each channel; NaN where a cell is empty
 */
record SeriesFile(List<String> names, double[][] channels) {
    SeriesFile {
        names = List.copyOf(names);
    }

    int rows() {
        return channels[0].length;
    }

    static SeriesFile read(Path file) {
        int number = 1;
        try (BufferedReader lines = DataFile.open(file)) {
            String header = lines.readLine();
            List<String> columns =
                    header == null ? List.of() : List.of(header.strip().split(",", -1));
            if (columns.size() < 2 || columns.size() > Channel.MOST + 1) {
                throw new DataException(
                        "%s: expected a header with a date and 1 to %d channels".formatted(file, Channel.MOST));
            }
            List<double[]> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(row(file + ":" + number, line.strip().split(",", -1), columns.size()));
                }
            }
            double[][] channels = new double[columns.size() - 1][rows.size()];
            for (int channel = 0; channel < channels.length; channel++) {
                for (int i = 0; i < rows.size(); i++) {
                    channels[channel][i] = rows.get(i)[channel];
                }
            }
            return new SeriesFile(columns.subList(1, columns.size()), channels);
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (NumberFormatException e) {
            throw new DataException(file + ":" + number + ": cells after the date have to be numbers", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 near line " + (number + 1), e);
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    private static double[] row(String place, String[] cells, int columns) {
        if (cells.length != columns) {
            throw new DataException("%s has %d cells, expected %d".formatted(place, cells.length, columns));
        }
        double[] row = new double[columns - 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells[i + 1].isBlank() ? Double.NaN : Double.parseDouble(cells[i + 1]);
        }
        return row;
    }
}
