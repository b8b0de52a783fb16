package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.v1.Artifact;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The pages of an image, decoded one at a time. What a page would take is known from its header before anything is decoded. Closed by whoever opened it.
 */
final class ImagePages implements AutoCloseable {
    static final int MOST_BYTES = 32 << 20;
    static final long MOST_PIXELS = 40_000_000;
    static final int MOST_PAGES = 50;

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "tif", "tiff", "gif", "bmp");
    private static final Set<String> MEDIA_TYPES = Set.of(
            "",
            "image/*",
            "image/png",
            "image/jpeg",
            "image/jpg",
            "image/tiff",
            "image/gif",
            "image/bmp",
            "image/x-ms-bmp");

    /** Enough for the smallest print of a page; what is larger is read with pixels left out. */
    private static final int ENOUGH = 2_600;

    private static final String FIELD = "inputs[" + OcrSpecialist.IMAGE + "]";

    private final ImageReader reader;
    private final ImageInputStream stream;
    private final Orientation orientation;
    private final int pages;

    private ImagePages(ImageReader reader, ImageInputStream stream, Orientation orientation)
            throws UnreadableImageException {
        this.reader = reader;
        this.stream = stream;
        this.orientation = orientation;
        this.pages = countPages();
    }

    /** @throws UnreadableImageException when it is no image that can be read, or a too large one */
    static ImagePages open(Artifact image) throws UnreadableImageException {
        String mediaType = image.getMediaType()
                .toLowerCase(Locale.ROOT)
                .replaceFirst(";.*", "")
                .strip();
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new UnreadableImageException(
                    FIELD + ".media_type is not one that can be read; expected png, jpeg, tiff, gif or bmp");
        }
        if (image.getData().size() > MOST_BYTES) {
            throw new UnreadableImageException("%s.data has %,d bytes; at most %,d are read"
                    .formatted(FIELD, image.getData().size(), MOST_BYTES));
        }
        byte[] bytes = image.getData().toByteArray();
        ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
        ImageReader reader = reader(stream);
        try {
            reader.setInput(stream, false, true);
            String format = reader.getFormatName().toLowerCase(Locale.ROOT);
            return new ImagePages(reader, stream, format.equals("jpeg") ? Orientation.of(bytes) : Orientation.UPRIGHT);
        } catch (IOException e) {
            reader.dispose();
            throw broken(e);
        } catch (UnreadableImageException e) {
            reader.dispose();
            throw e;
        }
    }

    private static ImageReader reader(ImageInputStream stream) throws UnreadableImageException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            try {
                if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                    return reader;
                }
            } catch (IOException e) {
                throw broken(e);
            }
        }
        throw new UnreadableImageException(
                FIELD + ".data is no image that can be read; expected png, jpeg, tiff, gif or bmp");
    }

    /** Reads the headers alone. Only TIFF has pages; the further pictures of a GIF are its movement. */
    private int countPages() throws UnreadableImageException {
        try {
            boolean paged = reader.getFormatName().toLowerCase(Locale.ROOT).startsWith("tif");
            int count = 0;
            while (count == 0 || paged) {
                if (count > 0 && !exists(count)) {
                    break;
                }
                if (count == MOST_PAGES) {
                    throw new UnreadableImageException("%s.data has more than %d pages".formatted(FIELD, MOST_PAGES));
                }
                requireBounded(count);
                count++;
            }
            return count;
        } catch (IOException | RuntimeException e) {
            throw broken(e);
        }
    }

    private boolean exists(int page) throws IOException {
        try {
            return reader.getWidth(page) > 0;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private void requireBounded(int page) throws IOException, UnreadableImageException {
        long width = reader.getWidth(page);
        long height = reader.getHeight(page);
        if (width < 1 || height < 1 || width * height > MOST_PIXELS) {
            throw new UnreadableImageException("%s.data: page %d has %,d x %,d pixels; at most %,d are read"
                    .formatted(FIELD, page + 1, width, height, MOST_PIXELS));
        }
    }

    int count() {
        return pages;
    }

    /** @param page starts at 0 */
    PageImage read(int page) throws UnreadableImageException {
        try {
            int step = Math.max(1, Math.max(reader.getWidth(page), reader.getHeight(page)) / ENOUGH);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(step, step, 0, 0);
            return orientation.upright(opaque(reader.read(page, param)));
        } catch (IOException | RuntimeException e) {
            // The decoders throw all kinds of runtime exceptions at broken files.
            throw broken(e);
        }
    }

    /** In plain RGB, on white paper: grey, palettes and transparency become what a viewer shows. */
    private static PageImage opaque(BufferedImage image) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = plain.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, plain.getWidth(), plain.getHeight());
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        int[] pixels = plain.getRGB(0, 0, plain.getWidth(), plain.getHeight(), null, 0, plain.getWidth());
        return new PageImage(plain.getWidth(), plain.getHeight(), pixels);
    }

    private static UnreadableImageException broken(Exception cause) {
        return new UnreadableImageException(FIELD + ".data is a broken image, or of a kind that can't be read", cause);
    }

    @Override
    public void close() {
        reader.dispose();
        try {
            stream.close();
        } catch (IOException e) {
            throw new IllegalStateException("memory can't be closed", e);
        }
    }
}
