package dev.pinfactory.router.models;

/**
 * How near a clause comes to each card of a catalogue, by position.
 *
 * @param text cosine of the meanings of the clause and of all that the card says
 * @param summary the same with the card's summary alone
 * @param name the same with its name alone
 */
record Comparison(float[] text, float[] summary, float[] name, Spelling spelling) {}
