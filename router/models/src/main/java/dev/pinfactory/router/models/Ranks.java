package dev.pinfactory.router.models;

import java.util.Arrays;

/** Positions of values, highest value first; equal ones in the order in which they stand. */
final class Ranks {
    private static final long POSITION = 0xFFFF_FFFFL;

    private Ranks() {}

    /** All positions. A value and its position are sorted as one number, which is many times faster than comparing them. */
    static int[] of(float[] values) {
        long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) ~ascending(values[i]) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int place = 0; place < order.length; place++) {
            order[place] = (int) (keys[place] & POSITION);
        }
        return order;
    }

    /** The positions of the highest values, in the order in which they stand. */
    static int[] best(float[] values, int count) {
        int[] best = Arrays.copyOf(of(values), Math.min(count, values.length));
        Arrays.sort(best);
        return best;
    }

    /** An integer that is ordered as {@link Float#compare} orders the value. */
    private static int ascending(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ ((bits >> (Integer.SIZE - 1)) & Integer.MAX_VALUE);
    }
}
