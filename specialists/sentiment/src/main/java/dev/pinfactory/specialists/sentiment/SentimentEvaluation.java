package dev.pinfactory.specialists.sentiment;

import dev.pinfactory.specialists.learning.evaluation.ClassifierEvaluation;

/** Measures on sentiment_sentences: {@code {"text", "label"}}, one a line. */
public final class SentimentEvaluation extends ClassifierEvaluation {
    /** For the service loader. */
    public SentimentEvaluation() {
        super("sentiment", "text", "sentiment");
    }
}
