package dev.pinfactory.specialists.ocr;

import dev.pinfactory.proto.digest.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The networks and the list of signs that come with the code; each is what its digest says, or is not used. {@code data/SOURCE.md} tells where they are from. */
enum ModelFiles {
    DETECTION("detection.onnx", "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff"),
    RECOGNITION("recognition.onnx", "06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0"),
    KEYS("keys.txt", "28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7");

    private final String file;
    private final String digest;

    ModelFiles(String file, String sha256) {
        this.file = file;
        this.digest = "sha256:" + sha256;
    }

    String file() {
        return file;
    }

    String digest() {
        return digest;
    }

    /** @throws IllegalStateException when the bytes are others than were measured */
    byte[] bytes() {
        try (InputStream stream = Objects.requireNonNull(
                ModelFiles.class.getResourceAsStream(file), file + " is not on the class path")) {
            byte[] bytes = stream.readAllBytes();
            String found = Digests.of(bytes);
            if (!found.equals(digest)) {
                throw new IllegalStateException(file + " has digest " + found + ", expected " + digest);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
