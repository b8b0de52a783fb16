package dev.pinfactory.router.models;

/**
 * How a text is spelt, compared with each card of a catalogue, by position.
 *
 * @param characters cosine of runs of letters
 * @param words cosine of words
 */
record Spelling(float[] characters, float[] words) {
    static Spelling of(String text, Catalogue catalogue) {
        return new Spelling(
                catalogue.characters().similarities(text), catalogue.words().similarities(text));
    }
}
