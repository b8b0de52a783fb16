package dev.pinfactory.router.models;

/**
 * The ways in which a clause is compared with each card of an index, by position.
 *
 * @param example cosine of meanings with the nearest example of the card; -1 for a card without any
 * @param fused meaning and spelling in one
 */
record Channels(float[] text, float[] summary, float[] example, float[] fused, float[] characters, float[] words) {
    static final double CHARACTER_WEIGHT = 0.4;
    static final double WORD_WEIGHT = 0.2;

    static Channels of(float[] vector, Comparison compared, CardIndex index) {
        float[] text = index.picked(compared.text());
        float[] characters = index.picked(compared.spelling().characters());
        float[] words = index.picked(compared.spelling().words());
        float[] example = new float[text.length];
        float[] fused = new float[text.length];
        for (int card = 0; card < text.length; card++) {
            example[card] = -1;
            for (float[] candidate : index.vectors(card).examples()) {
                example[card] = Math.max(example[card], Features.dot(vector, candidate));
            }
            fused[card] = (float) (text[card] + CHARACTER_WEIGHT * characters[card] + WORD_WEIGHT * words[card]);
        }
        return new Channels(text, index.picked(compared.summary()), example, fused, characters, words);
    }

    /** The card with the clause itself among its examples, if its nearest is at least this near, and by so much nearer than that of any other; else -1. */
    int quoted(float near, float nearer) {
        int best = -1;
        float nearest = -1;
        float second = -1;
        for (int card = 0; card < example.length; card++) {
            if (example[card] > nearest) {
                second = nearest;
                nearest = example[card];
                best = card;
            } else {
                second = Math.max(second, example[card]);
            }
        }
        return nearest >= near && nearest - second >= nearer ? best : -1;
    }
}
