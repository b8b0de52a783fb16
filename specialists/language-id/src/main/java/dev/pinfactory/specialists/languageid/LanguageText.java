package dev.pinfactory.specialists.languageid;

import dev.pinfactory.specialists.learning.JsonLines;
import java.nio.file.Path;
import java.util.List;

/**
 * A text whose language is known.
 *
 * @param language ISO 639-1 code
 * @param kind "word", "word_pair" or "sentence"
 */
record LanguageText(String text, String language, String kind) {
    static List<LanguageText> read(Path file) {
        return JsonLines.read(
                file,
                line -> new LanguageText(
                        JsonLines.text(line, "text"), JsonLines.text(line, "label"), JsonLines.text(line, "kind")));
    }
}
