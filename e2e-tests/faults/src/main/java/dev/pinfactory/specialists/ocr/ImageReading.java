package dev.pinfactory.specialists.ocr;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;

/** Images as they are decoded before the networks look at them. In this package to get at what is not public. */
public final class ImageReading {
    private ImageReading() {}

    public static void read(byte[] file) {
        Artifact image =
                Artifact.newBuilder().setData(ByteString.copyFrom(file)).build();
        try (ImagePages pages = ImagePages.open(image)) {
            for (int page = 0; page < pages.count(); page++) {
                pages.read(page);
            }
        } catch (UnreadableImageException e) {
            // Declared.
        }
    }
}
