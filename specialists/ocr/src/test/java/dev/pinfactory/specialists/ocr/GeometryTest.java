package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryTest {
    @Test
    void theHullLeavesOutWhatLiesInside() {
        List<Point> hull = ConvexHull.of(List.of(
                new Point(0, 0), new Point(4, 0), new Point(2, 1), new Point(4, 3), new Point(0, 3), new Point(2, 0)));

        assertThat(hull).containsExactlyInAnyOrder(new Point(0, 0), new Point(4, 0), new Point(4, 3), new Point(0, 3));
    }

    @Test
    void theSmallestRectangleTurnsWithItsPoints() {
        double angle = Math.toRadians(20);
        List<Point> corners =
                List.of(new Point(0, 0), turned(100, 0, angle), turned(100, 10, angle), turned(0, 10, angle));

        TextBox box = TextBox.around(corners);

        assertThat(box.width()).isCloseTo(100, within(1e-9));
        assertThat(box.height()).isCloseTo(10, within(1e-9));
        assertThat(box.topLeft().distance(new Point(0, 0))).isCloseTo(0, within(1e-9));
        assertThat(box.bottomRight().distance(turned(100, 10, angle))).isCloseTo(0, within(1e-9));
    }

    @Test
    void growsEachSideByAreaTimesRatioByPerimeter() {
        TextBox box = new TextBox(new Point(10, 10), new Point(110, 10), new Point(10, 30)).grown(1.5);

        assertThat(box.topLeft()).isEqualTo(new Point(-2.5, -2.5));
        assertThat(box.width()).isCloseTo(125, within(1e-9));
        assertThat(box.height()).isCloseTo(45, within(1e-9));
    }

    @Test
    void aLetterThatIsHigherThanWideStillStands() {
        TextBox box = TextBox.around(List.of(new Point(5, 0), new Point(8, 0), new Point(8, 20), new Point(5, 20)));

        assertThat(box.width()).isEqualTo(3);
        assertThat(box.topLeft()).isEqualTo(new Point(5, 0));
    }

    @Test
    void findsARegionAndLeavesOutSpecksAndDoubts() {
        float[] values = new float[64 * 32];
        fill(values, 10, 10, 40, 16, 0.9f);
        fill(values, 50, 20, 52, 21, 0.9f);
        fill(values, 10, 22, 40, 28, 0.4f);

        List<TextBox> boxes = TextRegions.find(new ProbabilityMap(64, 32, values, 2, 2));

        assertThat(boxes).hasSize(1);
        assertThat(boxes.getFirst().topLeft().x()).isBetween(2.0, 16.0);
        assertThat(boxes.getFirst().width()).isBetween(60.0, 80.0);
    }

    private static void fill(float[] values, int left, int top, int right, int bottom, float value) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                values[y * 64 + x] = value;
            }
        }
    }

    private static Point turned(double x, double y, double angle) {
        return new Point(x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle));
    }
}
