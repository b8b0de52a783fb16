package dev.pinfactory.specialists.workshop.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that the data checks noticed.
 *
 * @param subject the column, label or part of the file that it is about
 * @param message what is there, what was expected, and what is done about it
 * @param lines of the file, where it is about some; a few of them
 */
public record Finding(Level level, String subject, String message, List<Integer> lines) {
    private static final int SHOWN = 8;

    /** How bad it is. */
    public enum Level {
        /** Nothing can be learnt from this, or what is learnt would be worth nothing. */
        ERROR,
        /** Somebody should look at it. */
        WARNING,
        /** Worth knowing. */
        NOTE
    }

    public Finding {
        lines = List.copyOf(lines);
    }

    public static Finding error(String subject, String message, List<Integer> lines) {
        return new Finding(Level.ERROR, subject, message, lines);
    }

    public static Finding warning(String subject, String message, List<Integer> lines) {
        return new Finding(Level.WARNING, subject, message, lines);
    }

    public static Finding note(String subject, String message) {
        return new Finding(Level.NOTE, subject, message, List.of());
    }

    /** The message with its lines. */
    public String text() {
        if (lines.isEmpty()) {
            return message;
        }
        String shown = lines.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
        return message + " (line" + (lines.size() > 1 ? "s " : " ") + shown + (lines.size() > SHOWN ? ", …" : "") + ")";
    }
}
