package dev.pinfactory.specialists.receiptfields;

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
        List<String> lines = new ArrayList<>();
        List<double[]> boxes = new ArrayList<>();
        for (JsonNode line : json.path("lines")) {
            lines.add(JsonLines.text(line, "text"));
            double[] box = new double[4];
            for (int i = 0; i < box.length; i++) {
                box[i] = line.path("box").path(i).asDouble();
            }
            boxes.add(box);
        }
        Map<Field, String> gold = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            gold.put(field, json.path("fields").path(field.key()).asString(""));
        }
        return new LabelledReceipt(JsonLines.text(json, "id"), ReceiptTraining.placed(lines, boxes), gold);
    }
}
