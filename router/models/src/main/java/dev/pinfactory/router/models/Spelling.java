package dev.pinfactory.router.models;

/**
 * How a text is spelt, compared with each card of a catalogue, by position.
 *
 * @param characters cosine of runs of letters
 * @param words cosine of words
 * @param fused as much of both as is added to a cosine of meanings
 */
record Spelling(float[] characters, float[] words, float[] fused) {
    private static final float CHARACTER_WEIGHT = 0.4f;
    private static final float WORD_WEIGHT = 0.2f;

    static Spelling of(String text, Catalogue catalogue) {
        float[] characters = catalogue.characters().similarities(text);
        float[] words = catalogue.words().similarities(text);
        float[] fused = new float[characters.length];
        for (int card = 0; card < fused.length; card++) {
            fused[card] = CHARACTER_WEIGHT * characters[card] + WORD_WEIGHT * words[card];
        }
        return new Spelling(characters, words, fused);
    }
}
