package dev.pinfactory.specialists.emotion;

import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;

/** Measures on tweet_emotion: {@code {"text", "label"}}, one a line; the label is anger, joy, optimism or sadness. */
public final class EmotionEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public EmotionEvaluation() {
        super("emotion", "text", "emotion");
    }
}
