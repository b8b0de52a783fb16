package dev.pinfactory.specialists.training.intake;

import java.util.Set;

/**
 * What a specialist is to learn.
 *
 * @param labels that it may learn; empty for any, new ones too
 */
public record Lesson(String specialist, Set<String> labels) {
    /** More is cut off nowhere: it is not taken in. */
    static final int LONGEST_TEXT = 64 * 1024;

    static final int LONGEST_LABEL = 200;

    public Lesson {
        labels = Set.copyOf(labels);
    }
}
