package dev.pinfactory.specialists.ocr;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Images made of the one that is drawn; no fonts are needed. */
final class TestImages {
    private TestImages() {}

    /** "HARBOUR BOOKS", "Invoice 4471 of 14/03/2024", "Copy paper 9.80", "TOTAL 22.30" in black on white. */
    static BufferedImage invoice() {
        try (InputStream stream = Objects.requireNonNull(TestImages.class.getResourceAsStream("invoice.png"))) {
            return ImageIO.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedImage copy(BufferedImage image, int type, Color background, double degrees) {
        BufferedImage copy = new BufferedImage(image.getWidth() + 40, image.getHeight() + 40, type);
        Graphics2D graphics = copy.createGraphics();
        graphics.setColor(background);
        graphics.fillRect(0, 0, copy.getWidth(), copy.getHeight());
        graphics.rotate(Math.toRadians(degrees), copy.getWidth() / 2.0, copy.getHeight() / 2.0);
        graphics.drawImage(image, 20, 20, null);
        graphics.dispose();
        return copy;
    }

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Artifact artifact(byte[] data, String mediaType) {
        return Artifact.newBuilder()
                .setName("image")
                .setType("image")
                .setMediaType(mediaType)
                .setData(ByteString.copyFrom(data))
                .build();
    }

    static Artifact png(BufferedImage image) {
        return artifact(encode(image, "png"), "image/png");
    }
}
