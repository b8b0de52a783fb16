package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"id", "lines": [{"box": [left, top, right, bottom], "text"}], "fields": {company, date, address, total}}}, one a line. */
final class ReceiptData {
    private ReceiptData() {}

    static List<LabelledReceipt> read(Path file) {
        return JsonLines.read(file, ReceiptData::receipt);
    }

    private static LabelledReceipt receipt(JsonNode json) {
        return new LabelledReceipt(JsonLines.text(json, "id"), text(json), gold(json.path("fields")));
    }

    /** The fields as people read them; a missing one is an empty string. */
    static Map<Field, String> gold(JsonNode fields) {
        Map<Field, String> gold = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            gold.put(field, fields.path(field.key()).asString(""));
        }
        return gold;
    }

    /** The lines with their places, as OCR gives them; without, where no line has one. */
    static Artifact text(JsonNode json) {
        if (!json.path("lines").isArray()) {
            throw new IllegalArgumentException("member 'lines' is missing, expected a list of {box, text}");
        }
        List<String> lines = new ArrayList<>();
        List<double[]> boxes = new ArrayList<>();
        boolean placed = false;
        for (JsonNode line : json.path("lines")) {
            placed |= line.path("box").isArray();
            lines.add(JsonLines.text(line, "text"));
            double[] box = new double[4];
            for (int i = 0; i < box.length; i++) {
                box[i] = line.path("box").path(i).asDouble();
            }
            boxes.add(box);
        }
        return placed ? ReceiptTraining.placed(lines, boxes) : plain(lines);
    }

    private static Artifact plain(List<String> lines) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(String.join("\n", lines))
                .build();
    }
}
