package dev.pinfactory.router.planner.sketch;

import dev.pinfactory.router.planner.interpret.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the instruction itself brings to work on: file names, addresses, quotations, each with the type that it shows. */
final class RawValues {
    private static final Map<String, String> BY_EXTENSION = Map.ofEntries(
            Map.entry("jpg", "image"),
            Map.entry("jpeg", "image"),
            Map.entry("png", "image"),
            Map.entry("gif", "image"),
            Map.entry("bmp", "image"),
            Map.entry("tif", "image"),
            Map.entry("tiff", "image"),
            Map.entry("webp", "image"),
            Map.entry("wav", "audio"),
            Map.entry("mp3", "audio"),
            Map.entry("flac", "audio"),
            Map.entry("ogg", "audio"),
            Map.entry("m4a", "audio"),
            Map.entry("mp4", "video"),
            Map.entry("avi", "video"),
            Map.entry("mov", "video"),
            Map.entry("mkv", "video"),
            Map.entry("webm", "video"),
            Map.entry("txt", "text"),
            Map.entry("md", "text"),
            Map.entry("csv", "table"),
            Map.entry("xlsx", "table"),
            Map.entry("pdf", "document"),
            Map.entry("doc", "document"),
            Map.entry("docx", "document"));

    /**
     * One of them.
     *
     * @param type a semantic type; "text" where nothing says more
     * @param start index of its first char in the instruction
     */
    record RawValue(String text, String type, int start) {}

    private RawValues() {}

    static List<RawValue> of(List<Token> tokens) {
        List<RawValue> values = new ArrayList<>();
        for (Token token : tokens) {
            switch (token.kind()) {
                case QUOTED -> {
                    String text = token.text().substring(1, token.text().length() - 1);
                    values.add(new RawValue(text, type(text), token.start()));
                }
                case NAME -> values.add(new RawValue(token.text(), type(token.text()), token.start()));
                case WORD, NUMBER, PUNCTUATION -> {}
            }
        }
        return values;
    }

    static Set<String> types(List<RawValue> values) {
        Set<String> types = new HashSet<>();
        values.forEach(value -> types.add(value.type()));
        return types;
    }

    private static String type(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        String extension = lower.substring(lower.lastIndexOf('.') + 1);
        String byExtension = lower.contains(" ") ? null : BY_EXTENSION.get(extension);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return "url";
        }
        return byExtension == null ? "text" : byExtension;
    }
}
