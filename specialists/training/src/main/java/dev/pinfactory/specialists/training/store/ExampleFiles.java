package dev.pinfactory.specialists.training.store;

import dev.pinfactory.proto.digest.Digests;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Examples in files of JSON lines, gzipped, named by their digests: whole or not at all, and never changed. */
public final class ExampleFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SUFFIX = ".jsonl.gz";

    private final Path directory;

    /** @param directory a disk, or where an object store is mounted */
    public ExampleFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * A file that was written.
     *
     * @param file below the directory
     * @param digest of the bytes
     */
    public record Written(String file, String digest) {}

    /** @param folder below the directory */
    public Written write(String folder, List<Example> examples) {
        byte[] content = bytes(examples);
        String digest = Digests.of(content);
        String file = folder + "/" + digest.substring(digest.indexOf(':') + 1) + SUFFIX;
        Path target = directory.resolve(file);
        try {
            Files.createDirectories(target.getParent());
            Path draft = Files.createTempFile(target.getParent(), "examples", ".part");
            try {
                Files.write(draft, content);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + target + ": " + e.getMessage(), e);
        }
        return new Written(file, digest);
    }

    /** @throws IllegalStateException when it is not what was written */
    public List<Example> read(String file, String digest) {
        Path path = directory.resolve(file);
        try {
            byte[] content = Files.readAllBytes(path);
            String found = Digests.of(content);
            if (!found.equals(digest)) {
                throw new IllegalStateException(path + " has digest " + found + ", expected " + digest);
            }
            try (var lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(new ByteArrayInputStream(content)), StandardCharsets.UTF_8))) {
                return lines.lines().map(ExampleFiles::example).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + path + ": " + e.getMessage(), e);
        }
    }

    public void delete(String file) {
        try {
            Files.deleteIfExists(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + directory.resolve(file) + ": " + e.getMessage(), e);
        }
    }

    /** Deletes what was last written before this time and is none of the known files: what a crash left between a commit and a deletion. Answers how many. */
    int sweep(Set<String> known, Instant before) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            int swept = 0;
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String file = directory.relativize(path).toString().replace('\\', '/');
                if (!known.contains(file)
                        && Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
                    Files.deleteIfExists(path);
                    swept++;
                }
            }
            return swept;
        } catch (IOException e) {
            throw new UncheckedIOException("can't look through " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A specialist's id may have a slash. */
    public static String folder(String specialist) {
        return specialist.replace("/", "__");
    }

    private static byte[] bytes(List<Example> examples) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (Example example : examples) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("id", example.id());
                line.put("tenant", example.tenant());
                line.put("at", example.at().toString());
                line.put("origin", example.origin().name());
                line.put("text", example.text());
                line.put("label", example.label());
                out.write(JSON.writeValueAsBytes(line));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Example example(String line) {
        JsonNode json = JSON.readTree(line);
        return new Example(
                json.get("id").asLong(),
                json.get("tenant").asString(),
                Instant.parse(json.get("at").asString()),
                Origin.valueOf(json.get("origin").asString()),
                json.get("text").asString(),
                json.get("label").asString());
    }
}
