package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row and whether it happened.
 *
 * @param label empty where it is not known
 */
public record LabelledRow(Row row, Optional<Boolean> label) {
    private static final String LABEL = "label";

    /** Flat JSON objects, one a line, with {@code label} 0 or 1 where it is known. */
    public static List<LabelledRow> read(Path file) {
        return JsonLines.read(file, LabelledRow::of);
    }

    /** What is known; training files have it everywhere. */
    public boolean happened() {
        return label.orElseThrow(() -> new IllegalArgumentException("member 'label' is missing, expected 0 or 1"));
    }

    private static LabelledRow of(JsonNode object) {
        Map<String, Object> cells = new HashMap<>();
        object.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (member.getKey().equals(LABEL) || value.isNull()) {
                return;
            }
            if (value.isContainer()) {
                throw new IllegalArgumentException("member '" + member.getKey() + "' is " + value.getNodeType()
                        + ", expected a number, a string or a boolean");
            }
            if (value.isNumber()) {
                cells.put(member.getKey(), value.asDouble());
            } else if (!value.asString().isBlank()) {
                cells.put(member.getKey(), value.asString().strip());
            }
        });
        return new LabelledRow(new Row(cells), label(object.get(LABEL)));
    }

    private static Optional<Boolean> label(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        return switch (value.asString()) {
            case "" -> Optional.empty();
            case "0" -> Optional.of(false);
            case "1" -> Optional.of(true);
            default ->
                throw new IllegalArgumentException("member 'label' is '" + value.asString() + "', expected 0 or 1");
        };
    }
}
