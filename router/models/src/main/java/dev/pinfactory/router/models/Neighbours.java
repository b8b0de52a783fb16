package dev.pinfactory.router.models;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The examples that a request is most like. */
final class Neighbours {
    private Neighbours() {}

    /** At most so many of those that count, nearest first, the earlier one first where two are as near. */
    static int[] nearest(float[] similarities, int most, IntPredicate counts) {
        int[] nearest = new int[most];
        int filled = 0;
        for (int example = 0; example < similarities.length; example++) {
            if (!counts.test(example)) {
                continue;
            }
            int place = filled;
            while (place > 0 && similarities[nearest[place - 1]] < similarities[example]) {
                place--;
            }
            if (place < most) {
                filled = Math.min(most, filled + 1);
                System.arraycopy(nearest, place, nearest, place + 1, filled - place - 1);
                nearest[place] = example;
            }
        }
        return Arrays.copyOf(nearest, filled);
    }
}
