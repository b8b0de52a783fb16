package dev.pinfactory.specialists.normaliser;

import java.util.List;
import java.util.Optional;

/**
 * Something in a text that has a usual form.
 *
 * @param start index in the text's string
 * @param end index behind the last character
 * @param readings in usual form; several where the writing can't tell them apart
 * @param unit UCUM code of a measure, ISO 4217 code of an amount; empty where there is none or nothing tells it
 * @param confidence that the reading is right; of several readings, that one of them is, shared out
 */
record FoundValue(Type type, int start, int end, List<String> readings, Optional<String> unit, double confidence) {
    /** What it is. */
    enum Type {
        /** ISO 8601: {@code 2025-03-03}, {@code 2025-03} or, without a year, {@code --03-03}. */
        DATE,
        /** A decimal string with a currency. */
        AMOUNT,
        /** A decimal string with a unit. */
        MEASURE,
        /** A decimal string. */
        PERCENTAGE
    }

    FoundValue {
        readings = List.copyOf(readings);
        if (readings.isEmpty() || start >= end) {
            throw new IllegalArgumentException("nothing was found from " + start + " to " + end);
        }
        confidence = confidence / readings.size();
    }

    boolean ambiguous() {
        return readings.size() > 1;
    }
}
