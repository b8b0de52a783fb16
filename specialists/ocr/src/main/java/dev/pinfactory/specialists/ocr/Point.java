package dev.pinfactory.specialists.ocr;

/** A place on a page or a map, in pixels; y grows downwards. */
record Point(double x, double y) {
    Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }

    Point scaled(double horizontally, double vertically) {
        return new Point(x * horizontally, y * vertically);
    }

    double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
