package dev.pinfactory.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image as {@code docker load} takes it, unpacked.
 *
 * @param directory where the tar was unpacked
 * @param manifest the image's entry in the manifest
 * @param settings its configuration: architecture, layers, and how to run it
 */
record Image(Path directory, JsonNode manifest, JsonNode settings) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A file or directory of a layer.
     *
     * @param mode as {@code ls -l} writes it
     * @param owner number of user and group
     * @param path from the root, without a slash before
     */
    record Entry(String mode, String owner, String path) {
        boolean isDirectory() {
            return mode.startsWith("d");
        }

        boolean isWritableByOthers() {
            return mode.charAt(5) == 'w' || mode.charAt(8) == 'w';
        }
    }

    static Image unpack(Path tar, Path directory) throws IOException {
        Files.createDirectories(directory);
        Command.of("tar", "-xf", tar.toString(), "-C", directory.toString())
                .run()
                .succeeded();
        JsonNode manifests = JSON.readTree(directory.resolve("manifest.json").toFile());
        JsonNode manifest = manifests.get(0);
        Path settings = directory.resolve(manifest.get("Config").asString());
        return new Image(directory, manifest, JSON.readTree(settings.toFile()));
    }

    /** How to run it. */
    JsonNode run() {
        return settings.get("config");
    }

    List<Path> layers() {
        return texts(manifest.get("Layers")).stream().map(directory::resolve).toList();
    }

    /** What a layer's tar must be, by the configuration. */
    List<String> layerDigests() {
        return texts(settings.get("rootfs").get("diff_ids"));
    }

    static String digestOfTar(Path layer) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream tar = new DigestInputStream(new GZIPInputStream(Files.newInputStream(layer)), digest)) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (Path layer : layers()) {
            Command.of("tar", "--warning=no-unknown-keyword", "--numeric-owner", "-tvzf", layer.toString())
                    .run()
                    .succeeded()
                    .out()
                    .lines()
                    .map(Image::entry)
                    .forEach(entries::add);
        }
        return entries;
    }

    /** Mode, owner, size, day, time, path. */
    private static Entry entry(String line) {
        String[] words = line.split(" +", 6);
        return new Entry(words[0], words[1], words[5]);
    }

    /** The file system that a container has. */
    void unpackLayers(Path root) throws IOException {
        Files.createDirectories(root);
        for (Path layer : layers()) {
            Command.of(
                            "tar",
                            "-xzf",
                            layer.toString(),
                            "-C",
                            root.toString(),
                            "--no-same-owner",
                            "--warning=no-unknown-keyword")
                    .run()
                    .succeeded();
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
