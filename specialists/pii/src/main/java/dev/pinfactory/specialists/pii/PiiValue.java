package dev.pinfactory.specialists.pii;

import java.util.Locale;
import java.util.Optional;

/** The form in which two ways to write the same datum are equal, for the types that have one. */
public final class PiiValue {
    private PiiValue() {}

    /** Numbers without blanks and signs, addresses of machines and people in small letters. */
    public static Optional<String> of(String type, String text) {
        return switch (type) {
            case "CREDIT_CARD", "US_SSN" -> Optional.of(text.replaceAll("\\D", ""));
            case "IBAN_CODE" -> Optional.of(text.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
            case "PHONE_NUMBER" -> Optional.of((text.startsWith("+") ? "+" : "") + text.replaceAll("\\D", ""));
            case "EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS" -> Optional.of(text.toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }
}
