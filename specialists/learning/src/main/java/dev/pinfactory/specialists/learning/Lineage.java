package dev.pinfactory.specialists.learning;

import dev.pinfactory.proto.digest.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where a model comes from, as JSON beside it: enough to train it again and get the same bytes. */
public final class Lineage {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Lineage() {}

    /**
     * What a trainer knows of its model's origin.
     *
     * @param data the files it learnt from
     * @param settings by name
     * @param libraries versions by name, such as "liblinear" → "2.44"
     */
    public record Origin(
            Class<?> trainer, List<Path> data, Map<String, Object> settings, Map<String, String> libraries) {
        public Origin {
            data = List.copyOf(data);
            settings = Map.copyOf(settings);
            libraries = Map.copyOf(libraries);
        }
    }

    static byte[] of(Origin origin, long seed, String modelDigest, long modelBytes, Map<String, Metric> metrics)
            throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", Map.of("digest", modelDigest, "bytes", modelBytes));
        json.put("trainer", origin.trainer().getName());
        json.put("seed", seed);
        json.put("settings", new TreeMap<>(origin.settings()));
        json.put("data", digests(origin.data()));
        json.put("libraries", new TreeMap<>(origin.libraries()));
        json.put("jvm", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        json.put("trainedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Map<String, Object> figures = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> figures.put(
                name,
                Map.of(
                        "value",
                        rounded(metric.value()),
                        "ci95",
                        List.of(rounded(metric.low()), rounded(metric.high())),
                        "n",
                        metric.n())));
        json.put("metrics", figures);
        return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> digests(List<Path> files) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (Path file : files) {
            digests.put(name(file, files.getFirst()), Digests.of(Files.readAllBytes(file)));
        }
        return digests;
    }

    /** As seen from the first file's directory, since others below it or beside it may have the same name. */
    private static String name(Path file, Path first) {
        Path directory = first.toAbsolutePath().normalize().resolveSibling("");
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(directory)
                ? directory.relativize(absolute).toString().replace('\\', '/')
                : absolute.subpath(Math.max(0, absolute.getNameCount() - 2), absolute.getNameCount())
                        .toString()
                        .replace('\\', '/');
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
