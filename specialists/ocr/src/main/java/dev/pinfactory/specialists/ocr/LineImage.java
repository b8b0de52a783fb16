package dev.pinfactory.specialists.ocr;

/**
 * One line, cut out and made as high as the recognizer wants it.
 *
 * @param width in pixels
 * @param planes blue, green and red, row by row, 0 to 255
 */
@SuppressWarnings("ArrayRecordComponent") // made, read once and dropped
record LineImage(int width, float[][] planes) {
    static final int HEIGHT = 48;

    /** The longest line that is not squeezed: about 400 letters. */
    private static final int WIDEST = 3_200;

    static LineImage cut(PageImage page, TextBox box) {
        int width = width(box);
        return new LineImage(width, Resampler.crop(page, box, width, HEIGHT));
    }

    /** How wide the image of a box will be: in proportion. */
    static int width(TextBox box) {
        double width = HEIGHT * box.width() / Math.max(1e-6, box.height());
        return (int) Math.clamp(Math.ceil(width), HEIGHT / 4, WIDEST);
    }

    /** How bright a pixel is, 0 to 255. */
    int brightness(int index) {
        return Math.clamp(
                Math.round(0.114f * planes[0][index] + 0.587f * planes[1][index] + 0.299f * planes[2][index]), 0, 255);
    }
}
