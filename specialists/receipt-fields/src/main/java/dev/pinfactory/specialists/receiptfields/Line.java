package dev.pinfactory.specialists.receiptfields;

/**
 * A piece of the text that stands together on the page; in plain text, a line.
 *
 * @param start Java string index into the whole text
 * @param end exclusive
 * @param page starts at 1; 0 when there are no pages
 */
record Line(String text, int start, int end, int page, double left, double top, double right, double bottom) {
    double height() {
        return bottom - top;
    }

    double middle() {
        return (top + bottom) / 2;
    }

    /** Whether both stand on the same visual row: more than half of the lower one's height is shared. */
    boolean sameRow(Line other) {
        double shared = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return page == other.page && shared > 0.5 * Math.min(height(), other.height());
    }
}
