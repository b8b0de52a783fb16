package dev.pinfactory.specialists.pii;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.pii.LabelledText.Gold;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Reads the files of the data directory. */
final class PiiData {
    /** Every fifth template is held back to measure on; the shuffle's seed is fixed, so that every training is measured on the same texts. */
    private static final int HELD_BACK = 5;

    private static final long SHUFFLE = 7;

    private PiiData() {}

    /** Reads {@code {"text", "spans": [{"start", "end", "type"}], "template_id"}}, one a line; offsets are code points. */
    static List<LabelledText> labelled(Path file) {
        return JsonLines.read(file, PiiData::text);
    }

    private static LabelledText text(JsonNode json) {
        String text = JsonLines.text(json, "text");
        return new LabelledText(json.path("template_id").asString("none"), text, spans(json.path("spans"), text));
    }

    /** @throws IllegalArgumentException when the spans are no list, or one lies outside the text */
    static List<Gold> spans(JsonNode list, String text) {
        if (!list.isArray() && !list.isMissingNode()) {
            throw new IllegalArgumentException("member 'spans' is " + list.getNodeType() + ", expected a list");
        }
        List<Gold> spans = new ArrayList<>();
        for (JsonNode span : list) {
            int start = span.path("start").asInt(-1);
            int end = span.path("end").asInt(-1);
            if (start < 0 || end < start || end > text.codePointCount(0, text.length())) {
                throw new IllegalArgumentException(
                        "member 'spans' has " + span + ", expected a start and an end within the text");
            }
            spans.add(new Gold(
                    JsonLines.text(span, "type"), text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)));
        }
        spans.sort(Comparator.comparingInt(Gold::start));
        return spans;
    }

    /** The groups that are held back. */
    static List<String> heldBack(List<LabelledText> texts, int fold) {
        List<String> groups = new ArrayList<>(
                new TreeSet<>(texts.stream().map(LabelledText::group).toList()));
        Collections.shuffle(groups, new Random(SHUFFLE));
        List<String> held = new ArrayList<>();
        for (int i = fold; i < groups.size(); i += HELD_BACK) {
            held.add(groups.get(i));
        }
        return held;
    }

    static List<String> lines(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new DataException("can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
