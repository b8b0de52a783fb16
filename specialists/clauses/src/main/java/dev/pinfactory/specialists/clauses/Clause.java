package dev.pinfactory.specialists.clauses;

/**
 * A clause and its place in the contract.
 *
 * @param text as it is read: without its number, on one line
 * @param start Java string index
 * @param end exclusive
 */
record Clause(String text, int start, int end) {}
