package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.proto.v1.Artifact;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A receipt with what people read in it.
 *
 * @param gold the fields as the data has them, not normalised; a missing one is empty or absent
 */
public record LabelledReceipt(String id, Artifact text, Map<Field, String> gold) {
    public LabelledReceipt {
        gold = Map.copyOf(gold);
    }

    /** What a right answer has to be, for texts without their signs and blanks, and for dates and amounts normalised. */
    Optional<String> wanted(Field field) {
        String raw = gold.getOrDefault(field, "");
        if (raw.isBlank()) {
            return Optional.empty();
        }
        return switch (field) {
            case COMPANY, ADDRESS -> Optional.of(letters(raw));
            case DATE -> Normaliser.date(raw);
            case TOTAL -> Normaliser.amount(raw.matches(".*\\.\\d") ? raw + "0" : raw);
        };
    }

    boolean isRight(Field field, String value) {
        return wanted(field).filter(comparable(field, value)::equals).isPresent();
    }

    /** As {@link #isRight}, but in texts every sign counts except blanks. */
    boolean isSame(Field field, String value) {
        return switch (field) {
            case COMPANY, ADDRESS ->
                value.replaceAll("\\s+", "").equals(raw(field).replace(" ", ""));
            case DATE, TOTAL -> isRight(field, value);
        };
    }

    /** As the data has it, each run of white space one blank. */
    String raw(Field field) {
        return gold.getOrDefault(field, "").replaceAll("\\s+", " ").strip();
    }

    static String comparable(Field field, String value) {
        return field == Field.COMPANY || field == Field.ADDRESS ? letters(value) : value;
    }

    private static String letters(String value) {
        return value.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\d]", "");
    }
}
