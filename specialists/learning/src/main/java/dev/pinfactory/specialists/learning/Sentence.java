package dev.pinfactory.specialists.learning;

/**
 * A sentence and its place in the text.
 *
 * @param start Java string index
 * @param end exclusive
 */
public record Sentence(String text, int start, int end) {}
