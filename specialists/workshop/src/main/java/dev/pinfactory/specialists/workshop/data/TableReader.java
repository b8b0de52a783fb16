package dev.pinfactory.specialists.workshop.data;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.workshop.data.Table.Line;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads CSV with a header (comma, semicolon or tab) and flat JSON objects, one a line. Files are anybody's: bounded, and what is wrong is named by its line. */
public final class TableReader {
    private static final long MAX_BYTES = 128L << 20;
    private static final int MAX_ROWS = 200_000;
    private static final int MAX_COLUMNS = 500;
    private static final int MAX_NAME = 100;
    private static final int MAX_CELL = 100_000;
    private static final int SHOWN_ERRORS = 5;
    private static final JsonMapper JSON = new JsonMapper();

    private TableReader() {}

    /**
     * Reads a file whole.
     *
     * @throws DataException when it is not there, too large, in another encoding, or lines are broken; the message names up to five of them
     */
    public static Table read(Path file) {
        return isJsonLines(file) ? jsonLines(file) : csv(file);
    }

    /** Whether the ending says that it holds JSON objects. */
    public static boolean isJsonLines(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    private static Table csv(Path file) {
        String text = text(file);
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .get();
        List<Line> rows = new ArrayList<>();
        Broken broken = new Broken(file);
        List<String> columns = List.of();
        long line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord cells : parser) {
                int number = (int) line;
                line = parser.getCurrentLineNumber() + 1;
                if (columns.isEmpty()) {
                    columns = columns(file, cells.toList());
                } else if (cells.size() != columns.size()) {
                    broken.add(number, cells.size() + " cells, expected " + columns.size() + " as in the header");
                } else {
                    rows.add(row(file, number, columns, cells.toList()));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // In memory nothing else can fail than the quotes, and often far below of where they were opened.
            throw new DataException(
                    file + ":" + line
                            + ": no CSV from here on: a quote \" is not closed, or not doubled in a quoted cell",
                    e);
        }
        broken.check();
        return checked(file, new Table(columns, rows));
    }

    private static Line row(Path file, int number, List<String> columns, List<String> cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            put(row, file, number, columns.get(i), cells.get(i).strip());
        }
        return new Line(number, row);
    }

    private static void put(Map<String, String> row, Path file, int number, String column, String cell) {
        if (cell.length() > MAX_CELL) {
            throw new DataException("%s:%d: column '%s' has %,d characters, at most %,d are taken"
                    .formatted(file, number, column, cell.length(), MAX_CELL));
        }
        if (!cell.isBlank()) {
            row.put(column, cell);
        }
    }

    private static List<String> columns(Path file, List<String> header) {
        List<String> columns = header.stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (name.isEmpty() || name.length() > MAX_NAME) {
                throw new DataException("%s:1: column %d of the header has %s name, expected 1 to %d characters"
                        .formatted(file, i + 1, name.isEmpty() ? "no" : "too long a", MAX_NAME));
            }
            if (!seen.add(name)) {
                throw new DataException(file + ":1: the header has the column '" + name + "' twice");
            }
        }
        return columns;
    }

    private static Table jsonLines(Path file) {
        List<Line> rows = new ArrayList<>();
        LinkedHashSet<String> columns = new LinkedHashSet<>();
        Broken broken = new Broken(file);
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                Map<String, String> cells = new HashMap<>();
                for (Map.Entry<String, JsonNode> member : object(line).properties()) {
                    JsonNode value = member.getValue();
                    columns.add(member.getKey());
                    if (!value.isNull()) {
                        put(
                                cells,
                                file,
                                number,
                                member.getKey(),
                                value.isContainer() ? value.toString() : value.asString());
                    }
                }
                rows.add(new Line(number, cells));
            } catch (IllegalArgumentException e) {
                broken.add(number, String.valueOf(e.getMessage()));
            }
            if (columns.size() > MAX_COLUMNS) {
                break;
            }
        }
        broken.check();
        return checked(file, new Table(columns(file, List.copyOf(columns)), rows));
    }

    private static JsonNode object(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new IllegalArgumentException("expected a JSON object, found " + node.getNodeType());
            }
            return node;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Table checked(Path file, Table table) {
        if (table.rows().isEmpty()) {
            throw new DataException(file + " has no rows below its header");
        }
        if (table.rows().size() > MAX_ROWS) {
            throw new DataException("%s has %,d rows, at most %,d are taken"
                    .formatted(file, table.rows().size(), MAX_ROWS));
        }
        if (table.columns().size() > MAX_COLUMNS) {
            throw new DataException("%s has more than %,d columns".formatted(file, MAX_COLUMNS));
        }
        return table;
    }

    /** What stands most often in the header. */
    private static char delimiter(String text) {
        String header = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = header.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    /** UTF-8 and nothing else: a wrong guess of the encoding would be learnt. */
    private static String text(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new DataException("%s has %,d bytes, at most %,d are taken".formatted(file, size, MAX_BYTES));
            }
            byte[] bytes = Files.readAllBytes(file);
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            ByteBuffer in = ByteBuffer.wrap(bytes);
            CharBuffer out = CharBuffer.allocate(bytes.length + 1);
            CoderResult result = decoder.decode(in, out, true);
            if (result.isError()) {
                throw new DataException(file + ":" + line(bytes, in.position())
                        + ": not UTF-8; save the file as UTF-8 (it may be " + likely(bytes) + ")");
            }
            String text = out.flip().toString();
            if (text.indexOf('\0') >= 0) {
                throw new DataException(file + " has characters of code 0, expected text in UTF-8 (it may be UTF-16)");
            }
            if (text.isBlank()) {
                throw new DataException(file + " is empty");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String likely(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return mark == 0xFFFE || mark == 0xFEFF ? "UTF-16" : "Latin-1 or Windows-1252";
    }

    private static int line(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /** Collects lines that can't be read, so that all of them can be mended at once. */
    private static final class Broken {
        private final Path file;
        private final List<String> shown = new ArrayList<>();
        private int count;

        Broken(Path file) {
            this.file = file;
        }

        void add(int line, String what) {
            if (count++ < SHOWN_ERRORS) {
                shown.add("line " + line + ": " + what);
            }
        }

        void check() {
            if (count > 0) {
                String more = count > shown.size() ? "; and " + (count - shown.size()) + " more" : "";
                throw new DataException(file + " has broken rows: " + String.join("; ", shown) + more);
            }
        }
    }
}
