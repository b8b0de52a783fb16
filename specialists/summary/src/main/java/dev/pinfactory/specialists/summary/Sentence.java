package dev.pinfactory.specialists.summary;

/**
 * A sentence and its place in the text.
 *
 * @param start Java string index
 * @param end exclusive
 */
record Sentence(String text, int start, int end) {}
