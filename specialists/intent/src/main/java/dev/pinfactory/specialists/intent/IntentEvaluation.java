package dev.pinfactory.specialists.intent;

import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;

/** Measures on banking77: {@code {"text", "label"}}, one a line. */
public final class IntentEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public IntentEvaluation() {
        super("intent", "text", "intent");
    }
}
