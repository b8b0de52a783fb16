package dev.pinfactory.specialists.tablereader;

/**
 * A piece of text and where it stands on its line.
 *
 * @param left in characters of the line or units of the page
 * @param start index in the text's string
 * @param end index behind its last character
 */
record PlacedCell(double left, double right, String text, int start, int end) {
    /** This piece and the next one on the line as one. */
    PlacedCell with(PlacedCell next) {
        return new PlacedCell(
                left,
                Math.max(right, next.right),
                text + " " + next.text,
                Math.min(start, next.start),
                Math.max(end, next.end));
    }
}
