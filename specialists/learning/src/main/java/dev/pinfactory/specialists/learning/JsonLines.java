package dev.pinfactory.specialists.learning;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of one JSON object a line, {@code .gz} or plain. */
public final class JsonLines {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonLines() {}

    /**
     * Reads a file whole, one value for each line that is not empty.
     *
     * @param reading turns an object into a value; what it throws as IllegalArgumentException gets file and line
     * @throws DataException when the file is not there, can't be read, or a line is wrong; the message names file and line
     */
    public static <T> List<T> read(Path file, Function<JsonNode, T> reading) {
        List<T> values = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines = DataFile.open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    values.add(reading.apply(object(line)));
                }
            }
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not UTF-8 near line " + (number + 1), e);
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ":" + number + ": " + e.getMessage(), e);
        }
        if (values.isEmpty()) {
            throw new DataException(file + " has no lines");
        }
        return values;
    }

    /** A member that has to be a string. */
    public static String text(JsonNode object, String member) {
        JsonNode value = object.get(member);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("member '" + member + "' is "
                    + (value == null ? "missing" : value.getNodeType()) + ", expected a string");
        }
        return value.asString();
    }

    /** A member that is a string where it is there; null is as good as missing. */
    public static Optional<String> textIfPresent(JsonNode object, String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(text(object, member));
    }

    private static JsonNode object(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("expected a JSON object, found " + node.getNodeType());
        }
        return node;
    }
}
