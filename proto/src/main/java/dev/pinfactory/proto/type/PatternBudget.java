package dev.pinfactory.proto.type;

/** A text that may be looked at only so many times: what ends a pattern that backtracks without end, which no interrupt does. */
final class PatternBudget implements CharSequence {
    private static final int READS = 1_000_000;

    private final CharSequence text;
    private int reads;

    PatternBudget(CharSequence text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++reads > READS) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("pattern budget exhausted", null, false, false);
        }
    }
}
