package dev.pinfactory.proto.error;

import java.util.List;

/**
 * One field that is wrong.
 *
 * @param field path of the field, such as {@code inputs[0].type} or {@code steps[ocr].inputs[photo]}
 * @param description what came and what was expected
 */
public record FieldViolation(String field, String description) {
    /** The first of them, and how many more there are. At least one. */
    public static String summary(List<FieldViolation> violations) {
        FieldViolation first = violations.getFirst();
        String where = first.field().isEmpty() ? "" : first.field() + ": ";
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
        return where + first.description() + more;
    }
}
