package dev.pinfactory.specialists.ocr;

/** Takes a parallelogram out of a page and makes it a rectangle of another size: bilinear, averaged where it shrinks. */
final class Resampler {
    private static final int CHANNELS = 3;

    private Resampler() {}

    /** The whole page. Planes of blue, green and red as the networks want them, 0 to 255. */
    static float[][] resize(PageImage page, int width, int height) {
        return crop(
                page,
                new TextBox(new Point(0, 0), new Point(page.width(), 0), new Point(0, page.height())),
                width,
                height);
    }

    /** What stands in a box; outside of the page its border goes on. */
    static float[][] crop(PageImage page, TextBox box, int width, int height) {
        double ax = (box.topRight().x() - box.topLeft().x()) / width;
        double ay = (box.topRight().y() - box.topLeft().y()) / width;
        double dx = (box.bottomLeft().x() - box.topLeft().x()) / height;
        double dy = (box.bottomLeft().y() - box.topLeft().y()) / height;
        int across = samples(Math.hypot(ax, ay));
        int down = samples(Math.hypot(dx, dy));
        float[][] planes = new float[CHANNELS][width * height];
        float[] sum = new float[CHANNELS];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                sum[0] = 0;
                sum[1] = 0;
                sum[2] = 0;
                for (int j = 0; j < down; j++) {
                    double v = y + (j + 0.5) / down;
                    for (int i = 0; i < across; i++) {
                        double u = x + (i + 0.5) / across;
                        add(
                                page,
                                box.topLeft().x() + u * ax + v * dx - 0.5,
                                box.topLeft().y() + u * ay + v * dy - 0.5,
                                sum);
                    }
                }
                int at = y * width + x;
                float share = 1f / (across * down);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    planes[channel][at] = sum[channel] * share;
                }
            }
        }
        return planes;
    }

    private static int samples(double step) {
        return Math.clamp(Math.round(step), 1, 8);
    }

    private static void add(PageImage page, double x, double y, float[] sum) {
        double inX = Math.clamp(x, 0, page.width() - 1);
        double inY = Math.clamp(y, 0, page.height() - 1);
        int left = (int) inX;
        int top = (int) inY;
        float fx = (float) (inX - left);
        float fy = (float) (inY - top);
        int right = Math.min(left + 1, page.width() - 1);
        int upper = top * page.width();
        int lower = Math.min(top + 1, page.height() - 1) * page.width();
        int[] pixels = page.pixels();
        weigh(pixels[upper + left], (1 - fx) * (1 - fy), sum);
        weigh(pixels[upper + right], fx * (1 - fy), sum);
        weigh(pixels[lower + left], (1 - fx) * fy, sum);
        weigh(pixels[lower + right], fx * fy, sum);
    }

    private static void weigh(int pixel, float weight, float[] sum) {
        sum[0] += (pixel & 0xff) * weight;
        sum[1] += (pixel >> 8 & 0xff) * weight;
        sum[2] += (pixel >> 16 & 0xff) * weight;
    }
}
