package dev.pinfactory.specialists.ocr;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Images and what is written on them, as receipts_sroie has them: {@code {"id", "lines": [{"box", "text"}], "fields": {…}, "image": path}}, one a line, paths
 * beside the file. Lines without an image are left out; a folder stands for all such files in it, or else for the images in it.
 */
final class OcrData {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "tif", "image/tiff",
            "tiff", "image/tiff",
            "gif", "image/gif",
            "bmp", "image/bmp");

    private OcrData() {}

    /**
     * An image and what is known of it.
     *
     * @param line an empty object where nothing is
     */
    record LabelledImage(Path file, JsonNode line) {
        Artifact artifact() {
            try {
                return Artifact.newBuilder()
                        .setName(OcrSpecialist.IMAGE)
                        .setType("image")
                        .setMediaType(mediaType(file).orElse("image/*"))
                        .setData(ByteString.copyFrom(Files.readAllBytes(file)))
                        .build();
            } catch (IOException e) {
                throw new DataException("can't read the image " + file, e);
            }
        }

        /** The transcript; empty where there is none. */
        Optional<String> transcript() {
            if (!line.path("lines").isArray()) {
                return Optional.empty();
            }
            StringBuilder text = new StringBuilder();
            line.path("lines")
                    .forEach(one -> text.append(JsonLines.text(one, "text")).append('\n'));
            return Optional.of(text.toString());
        }
    }

    /** @throws DataException when there is nothing to read */
    static List<LabelledImage> read(Path fileOrFolder) {
        List<LabelledImage> images = new ArrayList<>();
        if (!Files.isDirectory(fileOrFolder)) {
            images.addAll(fromFile(fileOrFolder));
        } else {
            List<Path> files = list(fileOrFolder);
            files.stream()
                    .filter(file -> file.toString().matches(".*\\.jsonl(\\.gz)?"))
                    .forEach(file -> images.addAll(fromFile(file)));
            if (images.isEmpty()) {
                files.stream()
                        .filter(file -> mediaType(file).isPresent())
                        .forEach(file -> images.add(new LabelledImage(file, JsonNodeFactory.instance.objectNode())));
            }
        }
        if (images.isEmpty()) {
            throw new DataException(
                    fileOrFolder + " has no images: neither lines with a member 'image' nor image files");
        }
        return images;
    }

    private static List<LabelledImage> fromFile(Path file) {
        return JsonLines.read(file, line -> image(file, line)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LabelledImage> image(Path file, JsonNode line) {
        return JsonLines.textIfPresent(line, "image")
                .map(path -> new LabelledImage(file.toAbsolutePath().resolveSibling(path), line));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new DataException("can't read the folder " + folder, e);
        }
    }

    private static Optional<String> mediaType(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
