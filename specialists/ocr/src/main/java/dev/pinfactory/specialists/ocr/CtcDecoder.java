package dev.pinfactory.specialists.ocr;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * From the probabilities of each step to signs: the best path of connectionist temporal classification (A. Graves et al., ICML 2006, section 3.2): the
 * most likely class of each step, repetitions once, blanks left out.
 */
final class CtcDecoder {
    private final Alphabet alphabet;

    CtcDecoder(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /**
     * A sign that was read.
     *
     * @param step where its run of steps begins
     * @param space the most that the class of the space reached since the sign before
     */
    record Sign(char sign, int step, float probability, float space) {}

    /** @param at where the first step of the line stands in the values */
    List<Sign> decode(FloatBuffer values, int at, int steps) {
        List<Sign> signs = new ArrayList<>();
        int before = -1;
        float space = 0;
        for (int step = 0; step < steps; step++) {
            int row = at + step * alphabet.size();
            int best = -1;
            float most = values.get(row + Alphabet.BLANK);
            for (int i = 0; i < alphabet.classes().length; i++) {
                float value = values.get(row + alphabet.classes()[i]);
                if (value > most) {
                    most = value;
                    best = i;
                }
            }
            space = Math.max(space, values.get(row + alphabet.space()));
            if (best >= 0 && best != before) {
                signs.add(new Sign(alphabet.signs()[best], step, most, space));
                space = 0;
            }
            before = best;
        }
        return signs;
    }
}
