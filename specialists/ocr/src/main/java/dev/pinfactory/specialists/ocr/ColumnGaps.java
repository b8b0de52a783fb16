package dev.pinfactory.specialists.ocr;

/** Which columns of a line hold ink, with a threshold between ink and paper that parts them best (N. Otsu, 1979). */
final class ColumnGaps {
    private static final int LEVELS = 256;

    /** Rows at the rim may hold feet and heads of the lines above and below. */
    private static final int RIM = 5;

    private final boolean[] ink;

    private ColumnGaps(boolean[] ink) {
        this.ink = ink;
    }

    static ColumnGaps of(LineImage line) {
        int[] histogram = new int[LEVELS];
        int first = RIM * line.width();
        int last = (LineImage.HEIGHT - RIM) * line.width();
        for (int i = first; i < last; i++) {
            histogram[line.brightness(i)]++;
        }
        int threshold = threshold(histogram, last - first);
        int dark = 0;
        for (int level = 0; level <= threshold; level++) {
            dark += histogram[level];
        }
        boolean inkIsDark = 2 * dark <= last - first;
        boolean[] ink = new boolean[line.width()];
        for (int i = first; i < last; i++) {
            if (line.brightness(i) <= threshold == inkIsDark) {
                ink[i % line.width()] = true;
            }
        }
        return new ColumnGaps(ink);
    }

    /** The widest run of columns without ink between two places. */
    int widest(double from, double to) {
        int widest = 0;
        int run = 0;
        for (int x = (int) Math.max(0, from); x < Math.min(ink.length, to); x++) {
            run = ink[x] ? 0 : run + 1;
            widest = Math.max(widest, run);
        }
        return widest;
    }

    /** The level that makes the variance between both classes greatest. */
    private static int threshold(int[] histogram, int count) {
        double sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += (double) level * histogram[level];
        }
        double sumBelow = 0;
        double below = 0;
        double most = -1;
        int best = 0;
        for (int level = 0; level < LEVELS; level++) {
            below += histogram[level];
            sumBelow += (double) level * histogram[level];
            double above = count - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double difference = sumBelow / below - (sum - sumBelow) / above;
            double variance = below * above * difference * difference;
            if (variance > most) {
                most = variance;
                best = level;
            }
        }
        return best;
    }
}
