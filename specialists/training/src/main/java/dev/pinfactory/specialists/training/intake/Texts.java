package dev.pinfactory.specialists.training.intake;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** How texts and labels are written, and whether they can be learnt from. */
final class Texts {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Texts() {}

    /** The same characters for the same letters (Unicode's NFC), one kind of line end, nothing around it. */
    static String normal(String text) {
        String lines = LINE_END.matcher(Normalizer.normalize(storable(text), Normalizer.Form.NFC))
                .replaceAll("\n");
        return CONTROL.matcher(lines).replaceAll("").strip();
    }

    /** What every database can hold: no NUL, no half of a character. */
    static String storable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }

    /** Why these can't be learnt from; they are normal already. */
    static Optional<Refusal> refusal(Lesson lesson, String text, String label) {
        if (text.isEmpty()) {
            return refused("blank-text", "'text' is blank, expected a text");
        }
        if (text.length() > Lesson.LONGEST_TEXT) {
            return refused(
                    "long-text",
                    "'text' has %,d characters, at most %,d are taken".formatted(text.length(), Lesson.LONGEST_TEXT));
        }
        if (label.isEmpty()) {
            return refused("blank-label", "the label is blank, expected a word");
        }
        if (label.length() > Lesson.LONGEST_LABEL) {
            return refused(
                    "long-label",
                    "the label has %,d characters, at most %d are taken"
                            .formatted(label.length(), Lesson.LONGEST_LABEL));
        }
        if (!lesson.labels().isEmpty() && !lesson.labels().contains(label)) {
            return refused(
                    "unknown-label",
                    "the label '" + label + "' is none of the "
                            + lesson.labels().size() + " that '" + lesson.specialist() + "' may learn");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }

    /**
     * Why something is not learnt from.
     *
     * @param reason a word that is counted
     * @param detail names the field, what came and what was expected
     */
    record Refusal(String reason, String detail) {}
}
