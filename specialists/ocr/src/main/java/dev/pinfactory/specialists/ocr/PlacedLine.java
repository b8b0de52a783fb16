package dev.pinfactory.specialists.ocr;

/**
 * A line of text and where it stands.
 *
 * @param page starts at 1
 * @param confidence that all its letters and digits are right
 */
record PlacedLine(String text, double confidence, int page, double left, double top, double right, double bottom) {
    /** The upright rectangle around a box, as far as it is on the page. */
    static PlacedLine of(LineText line, double confidence, int page, TextBox box, PageImage image) {
        Point a = box.topLeft();
        Point b = box.topRight();
        Point c = box.bottomLeft();
        Point d = box.bottomRight();
        return new PlacedLine(
                line.text(),
                confidence,
                page,
                Math.clamp(Math.min(Math.min(a.x(), b.x()), Math.min(c.x(), d.x())), 0, image.width()),
                Math.clamp(Math.min(Math.min(a.y(), b.y()), Math.min(c.y(), d.y())), 0, image.height()),
                Math.clamp(Math.max(Math.max(a.x(), b.x()), Math.max(c.x(), d.x())), 0, image.width()),
                Math.clamp(Math.max(Math.max(a.y(), b.y()), Math.max(c.y(), d.y())), 0, image.height()));
    }

    double middle() {
        return (top + bottom) / 2;
    }

    /** Whether both stand side by side: more than half of the lower one's height is shared. */
    boolean besides(PlacedLine other) {
        double shared = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return page == other.page && shared > 0.5 * Math.min(bottom - top, other.bottom - other.top);
    }
}
