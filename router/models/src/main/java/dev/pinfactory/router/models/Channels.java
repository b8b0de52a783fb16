package dev.pinfactory.router.models;

/**
 * The ways in which a clause is compared with each card of an index, by position.
 *
 * @param fused meaning and spelling in one
 * @param name the same with the meaning of the card's name alone
 * @param summary the same with the meaning of its summary alone
 * @param example cosine of meanings with the nearest example of the card; -1 for a card without any
 * @param nearest cosine of meanings with the nearest of its summary and examples
 * @param characters cosine of runs of letters
 * @param words cosine of words
 */
record Channels(
        float[] fused,
        float[] name,
        float[] summary,
        float[] example,
        float[] nearest,
        float[] characters,
        float[] words) {

    static Channels of(float[] vector, Comparison compared, CardIndex index) {
        float[] text = index.picked(compared.text());
        float[] name = index.picked(compared.name());
        float[] summary = index.picked(compared.summary());
        float[] spelt = index.picked(compared.spelling().fused());
        float[] example = new float[spelt.length];
        float[] nearest = new float[spelt.length];
        for (int card = 0; card < spelt.length; card++) {
            example[card] = -1;
            for (float[] candidate : index.vectors(card).examples()) {
                example[card] = Math.max(example[card], Features.dot(vector, candidate));
            }
            nearest[card] = Math.max(example[card], summary[card]);
            text[card] += spelt[card];
            name[card] += spelt[card];
            summary[card] += spelt[card];
        }
        return new Channels(
                text,
                name,
                summary,
                example,
                nearest,
                index.picked(compared.spelling().characters()),
                index.picked(compared.spelling().words()));
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
