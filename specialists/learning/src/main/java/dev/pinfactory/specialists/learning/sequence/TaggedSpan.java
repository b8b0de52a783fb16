package dev.pinfactory.specialists.learning.sequence;

/**
 * Tokens that belong together.
 *
 * @param start index of the first token
 * @param end index behind the last
 * @param confidence that start, end and type are right
 */
public record TaggedSpan(String type, int start, int end, double confidence) {}
