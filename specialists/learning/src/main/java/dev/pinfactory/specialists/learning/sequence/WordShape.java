package dev.pinfactory.specialists.learning.sequence;

/** What a word looks like: capitals X, small letters x, digits 0, other signs as they are. */
public final class WordShape {
    private WordShape() {}

    /** At most eight signs, so that numbers of different length stay apart where it matters. */
    public static String of(String word) {
        StringBuilder shape = new StringBuilder();
        word.codePoints().limit(8).forEach(c -> shape.appendCodePoint(sign(c)));
        return shape.toString();
    }

    /** Runs of the same sign as one. */
    public static String brief(String word) {
        StringBuilder shape = new StringBuilder();
        int[] last = {-1};
        word.codePoints().map(WordShape::sign).filter(s -> s != last[0]).forEach(s -> {
            last[0] = s;
            shape.appendCodePoint(s);
        });
        return shape.toString();
    }

    private static int sign(int codePoint) {
        if (Character.isUpperCase(codePoint)) {
            return 'X';
        }
        if (Character.isLetter(codePoint)) {
            return 'x';
        }
        return Character.isDigit(codePoint) ? '0' : codePoint;
    }
}
