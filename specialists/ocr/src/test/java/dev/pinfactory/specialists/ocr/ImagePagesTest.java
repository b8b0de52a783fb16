package dev.pinfactory.specialists.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePagesTest {
    @Test
    void refusesAnImageThatClaimsToBeHuge() {
        byte[] bomb = pngHeader(50_000, 50_000);

        assertThat(bomb.length).isLessThan(100);
        assertThatThrownBy(() -> read(bomb, "image/png"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("inputs[image].data: page 1 has 50,000 x 50,000 pixels; at most 40,000,000 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "tiff", "gif", "bmp"})
    void refusesAnImageWithoutItsEnd(String format) {
        BufferedImage plain =
                TestImages.copy(TestImages.invoice(), BufferedImage.TYPE_INT_RGB, java.awt.Color.WHITE, 0);
        byte[] whole = TestImages.encode(plain, format);
        byte[] head = Arrays.copyOf(whole, Math.min(30, whole.length / 2));

        assertThatThrownBy(() -> read(head, "image/" + format))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageStartingWith("inputs[image].data");
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatThrownBy(() -> read("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "image/png"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage("inputs[image].data is no image that can be read; expected png, jpeg, tiff, gif or bmp");
        assertThatThrownBy(() -> read(new byte[0], "")).isInstanceOf(UnreadableImageException.class);
    }

    @Test
    void refusesAMediaTypeThatNothingReads() {
        byte[] image = TestImages.encode(TestImages.invoice(), "png");

        assertThatThrownBy(() -> read(image, "image/svg+xml"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessage(
                        "inputs[image].media_type is not one that can be read; expected png, jpeg, tiff, gif or bmp");
    }

    @Test
    void refusesMoreBytesThanAnyScanHas() {
        assertThatThrownBy(() -> read(new byte[ImagePages.MOST_BYTES + 1], "image/png"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("inputs[image].data has 33,554,433 bytes");
    }

    @Test
    void leavesPixelsOutOfALargePhoto() throws UnreadableImageException {
        BufferedImage large = new BufferedImage(6_000, 400, BufferedImage.TYPE_BYTE_GRAY);

        PageImage page = read(TestImages.encode(large, "png"), "image/png");

        assertThat(page.width()).isEqualTo(3_000);
        assertThat(page.height()).isEqualTo(200);
    }

    /** The corner of the stored image that is black, and where it belongs. */
    @ParameterizedTest
    @CsvSource({
        "1,false,0,0",
        "2,false,1,0",
        "3,false,1,1",
        "4,false,0,1",
        "5,true,0,0",
        "6,true,1,0",
        "7,true,1,1",
        "8,true,0,1"
    })
    void turnsPhotosUpright(int orientation, boolean swapped, int right, int below) throws UnreadableImageException {
        BufferedImage photo = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 32; i++) {
            photo.setRGB(i % 64, i / 64, i % 64 < 16 && i / 64 < 16 ? 0 : 0xffffff);
        }

        PageImage page = read(withOrientation(TestImages.encode(photo, "jpeg"), orientation), "image/jpeg");

        assertThat(page.width()).isEqualTo(swapped ? 32 : 64);
        assertThat(page.height()).isEqualTo(swapped ? 64 : 32);
        for (int corner = 0; corner < 4; corner++) {
            int x = corner % 2 == 0 ? 4 : page.width() - 5;
            int y = corner / 2 == 0 ? 4 : page.height() - 5;
            boolean black = (page.pixels()[y * page.width() + x] & 0xff) < 128;
            assertThat(black).as("corner " + corner).isEqualTo(corner == right + 2 * below);
        }
    }

    private static PageImage read(byte[] data, String mediaType) throws UnreadableImageException {
        try (ImagePages pages = ImagePages.open(TestImages.artifact(data, mediaType))) {
            return pages.read(0);
        }
    }

    /** Signature and header; no pixels at all. */
    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0});
        CRC32 sum = new CRC32();
        sum.update(header.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) sum.getValue())
                .array();
    }

    /** With an Exif segment of one tag after the start marker. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        byte[] exif = ByteBuffer.allocate(36)
                .put(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34})
                .put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(exif);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }
}
