package dev.pinfactory.specialists.ocr;

import java.util.List;

/**
 * A rectangle, perhaps turned, around a line of text; scaling differently across and down makes it a parallelogram.
 *
 * @param topLeft where reading begins
 * @param topRight the end of the upper edge
 * @param bottomLeft the begin of the lower edge
 */
record TextBox(Point topLeft, Point topRight, Point bottomLeft) {
    /**
     * The smallest rectangle around points. One of its sides lies on a side of the convex hull (H. Freeman and R. Shapira, <i>Determining the
     * Minimum-Area Encasing Rectangle for an Arbitrary Closed Curve</i>, 1975), so all of those are tried. The side that is nearer to horizontal is taken
     * for the direction of reading: text that runs up or down a page is not read.
     */
    static TextBox around(List<Point> points) {
        List<Point> hull = ConvexHull.of(points);
        TextBox smallest = along(hull, 1, 0);
        for (int i = 0; i < hull.size() && hull.size() > 2; i++) {
            Point a = hull.get(i);
            Point b = hull.get((i + 1) % hull.size());
            double length = a.distance(b);
            TextBox box = along(hull, (b.x() - a.x()) / length, (b.y() - a.y()) / length);
            if (box.area() < smallest.area()) {
                smallest = box;
            }
        }
        return smallest;
    }

    /** The rectangle with one pair of sides in the direction (dx, dy), which has length 1. */
    private static TextBox along(List<Point> hull, double dx, double dy) {
        double ux = Math.abs(dx) >= Math.abs(dy) ? dx : dy;
        double uy = Math.abs(dx) >= Math.abs(dy) ? dy : -dx;
        if (ux < 0) {
            ux = -ux;
            uy = -uy;
        }
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (Point point : hull) {
            double across = point.x() * ux + point.y() * uy;
            double down = point.y() * ux - point.x() * uy;
            left = Math.min(left, across);
            right = Math.max(right, across);
            top = Math.min(top, down);
            bottom = Math.max(bottom, down);
        }
        return new TextBox(turned(left, top, ux, uy), turned(right, top, ux, uy), turned(left, bottom, ux, uy));
    }

    private static Point turned(double across, double down, double ux, double uy) {
        return new Point(across * ux - down * uy, across * uy + down * ux);
    }

    /**
     * The detector is taught shrunken regions; this undoes the shrinking (Liao et al. 2020, section 3.4: the offset is area times ratio by perimeter). For a
     * rectangle no clipping of polygons is needed: each side moves outwards by the offset.
     */
    TextBox grown(double ratio) {
        double width = width();
        double height = height();
        if (width <= 0 || height <= 0) {
            return this;
        }
        double offset = width * height * ratio / (2 * (width + height));
        double ux = (topRight.x() - topLeft.x()) / width * offset;
        double uy = (topRight.y() - topLeft.y()) / width * offset;
        double vx = (bottomLeft.x() - topLeft.x()) / height * offset;
        double vy = (bottomLeft.y() - topLeft.y()) / height * offset;
        return new TextBox(
                topLeft.plus(-ux - vx, -uy - vy), topRight.plus(ux - vx, uy - vy), bottomLeft.plus(vx - ux, vy - uy));
    }

    TextBox scaled(double horizontally, double vertically) {
        return new TextBox(
                topLeft.scaled(horizontally, vertically),
                topRight.scaled(horizontally, vertically),
                bottomLeft.scaled(horizontally, vertically));
    }

    double width() {
        return topLeft.distance(topRight);
    }

    double height() {
        return topLeft.distance(bottomLeft);
    }

    double area() {
        return width() * height();
    }

    Point bottomRight() {
        return topRight.plus(bottomLeft.x() - topLeft.x(), bottomLeft.y() - topLeft.y());
    }
}
