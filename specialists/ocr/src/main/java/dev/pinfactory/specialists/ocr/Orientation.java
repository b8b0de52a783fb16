package dev.pinfactory.specialists.ocr;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** How a camera was held: photos are stored as the sensor lay, with a note (Exif 2.32, tag 274) how to turn them upright. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_LEFT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_RIGHT(true, false, true);

    private final boolean swapped;
    private final boolean fromRight;
    private final boolean fromBelow;

    /**
     * @param swapped whether rows become columns
     * @param fromRight whether stored columns, in the page that is shown, begin at the right
     * @param fromBelow whether stored rows begin at the foot
     */
    Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
        this.swapped = swapped;
        this.fromRight = fromRight;
        this.fromBelow = fromBelow;
    }

    /** What a JPEG says; upright where it says nothing that can be understood. */
    static Orientation of(byte[] jpeg) {
        try {
            var directory = ImageMetadataReader.readMetadata(new ByteArrayInputStream(jpeg), jpeg.length)
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer tag = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return tag == null || tag < 1 || tag > values().length ? UPRIGHT : values()[tag - 1];
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return UPRIGHT;
        }
    }

    PageImage upright(PageImage stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapped ? stored.height() : stored.width();
        int height = swapped ? stored.width() : stored.height();
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = fromRight ? width - 1 - x : x;
                int fromY = fromBelow ? height - 1 - y : y;
                int column = swapped ? fromY : fromX;
                int row = swapped ? fromX : fromY;
                pixels[y * width + x] = stored.pixels()[row * stored.width() + column];
            }
        }
        return new PageImage(width, height, pixels);
    }
}
