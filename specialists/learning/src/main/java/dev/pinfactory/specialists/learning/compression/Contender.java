package dev.pinfactory.specialists.learning.compression;

import dev.pinfactory.specialists.learning.Metric;

/**
 * One model of those that are compared.
 *
 * @param bytes of its own files
 * @param encoderBytes of the sentence encoder that it needs beside them; 0 where it needs none
 * @param millis for one text, the median
 * @param quality on texts that it has not seen
 */
public record Contender(String name, Role role, long bytes, long encoderBytes, double millis, Metric quality) {
    /** What part it has. */
    public enum Role {
        TEACHER,
        STUDENT,
        /** As large as the student, from the labelled texts alone. */
        ALONE,
        /** What the specialist comes with. */
        SHIPPED
    }
}
