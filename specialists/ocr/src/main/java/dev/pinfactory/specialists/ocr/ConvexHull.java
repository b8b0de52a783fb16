package dev.pinfactory.specialists.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The convex hull of points by monotone chains (A. M. Andrew, <i>Another Efficient Algorithm for Convex Hulls in Two Dimensions</i>, 1979). */
final class ConvexHull {
    private ConvexHull() {}

    /** The corners in order around the hull; one or two where the points span no area. */
    static List<Point> of(List<Point> points) {
        List<Point> sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Point> hull = chain(sorted);
        hull.removeLast();
        List<Point> back = chain(sorted.reversed());
        back.removeLast();
        hull.addAll(back);
        return hull;
    }

    /** One side of the hull, from the first to the last point. */
    private static List<Point> chain(List<Point> sorted) {
        List<Point> chain = new ArrayList<>();
        for (Point point : sorted) {
            while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.getLast(), point) <= 0) {
                chain.removeLast();
            }
            chain.add(point);
        }
        return chain;
    }

    private static double turn(Point a, Point b, Point c) {
        return (b.x() - a.x()) * (c.y() - a.y()) - (b.y() - a.y()) * (c.x() - a.x());
    }
}
