package dev.pinfactory.specialists.faq;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A team's own questions and answers: {@code .csv} with a header, or {@code .jsonl}. Columns {@code question} and {@code answer}; {@code topic}, where
 * there is one, says which questions ask for the same; without it those with the same answer do.
 */
final class FaqFile {
    /** With an answer each there are twice as many entries. */
    private static final int MAX_QUESTIONS = VectorIndex.MAX_SIZE / 2;

    private FaqFile() {}

    /** @throws DataException when it is missing or wrong; the message names file, line and column */
    static List<FaqEntry> read(Path file) {
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        List<FaqEntry> entries = csv
                ? readCsv(file)
                : JsonLines.read(
                        file,
                        line -> entry(
                                JsonLines.text(line, "question"),
                                JsonLines.text(line, "answer"),
                                JsonLines.textIfPresent(line, "topic").orElse("")));
        if (entries.size() > MAX_QUESTIONS) {
            throw new DataException(
                    file + " has " + entries.size() + " questions, at most " + MAX_QUESTIONS + " are possible");
        }
        requireOneAnswer(file, entries);
        return entries;
    }

    private static List<FaqEntry> readCsv(Path file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setIgnoreHeaderCase(true)
                .get();
        List<FaqEntry> entries = new ArrayList<>();
        try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file), format)) {
            for (CSVRecord row : rows) {
                entries.add(entry(file, row));
            }
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        }
        if (entries.isEmpty()) {
            throw new DataException(file + " has no questions");
        }
        return entries;
    }

    private static FaqEntry entry(Path file, CSVRecord row) {
        try {
            return entry(row.get("question"), row.get("answer"), row.isSet("topic") ? row.get("topic") : "");
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": row " + row.getRecordNumber() + ": " + e.getMessage(), e);
        }
    }

    private static FaqEntry entry(String question, String answer, String topic) {
        // The beginning of the answer names a topic that has no name.
        String name = topic.isBlank() ? answer.substring(0, Math.min(answer.length(), FaqEntry.MAX_QUESTION)) : topic;
        return new FaqEntry(name, question, answer);
    }

    private static void requireOneAnswer(Path file, List<FaqEntry> entries) {
        Map<String, String> answers = new HashMap<>();
        for (FaqEntry entry : entries) {
            String known = answers.putIfAbsent(entry.topic(), entry.answer());
            if (known != null && !known.equals(entry.answer())) {
                throw new DataException(
                        file + ": topic '" + entry.topic() + "' has two answers, one at '" + entry.question() + "'");
            }
        }
    }
}
