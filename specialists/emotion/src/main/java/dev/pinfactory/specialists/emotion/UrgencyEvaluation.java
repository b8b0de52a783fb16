package dev.pinfactory.specialists.emotion;

import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;

/** Measures urgency on files of {@code {"text", "label"}}, one a line; the label is low, normal or high. */
public final class UrgencyEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public UrgencyEvaluation() {
        super("urgency", "text", "urgency");
    }
}
