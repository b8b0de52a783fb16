package dev.pinfactory.specialists.ocr;

/**
 * A page as it is looked at: upright, opaque.
 *
 * @param pixels 0xRRGGBB, row by row; not copied, since it may be as large as memory allows
 */
@SuppressWarnings("ArrayRecordComponent") // large, and shared within one call
record PageImage(int width, int height, int[] pixels) {
    PageImage {
        if (width < 1 || height < 1 || pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "%d pixels for a page of %d x %d".formatted(pixels.length, width, height));
        }
    }
}
