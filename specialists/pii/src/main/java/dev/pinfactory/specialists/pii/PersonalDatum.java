package dev.pinfactory.specialists.pii;

/**
 * A piece of personal data in a text.
 *
 * @param start Java string index
 * @param end exclusive
 * @param confidence that it is personal data of this type
 */
record PersonalDatum(String type, int start, int end, double confidence) {
    boolean overlaps(PersonalDatum other) {
        return start < other.end && other.start < end;
    }
}
