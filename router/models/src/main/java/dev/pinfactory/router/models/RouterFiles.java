package dev.pinfactory.router.models;

import dev.pinfactory.proto.digest.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that a router is made of.
 *
 * @param weights {@code router.bin}
 * @param encoder {@code encoder.bin}, the tuned encoder that belongs to the weights; a router may do without
 * @param links {@code links.bin}
 * @param heads {@code heads.bin}, what a fitted router has learned
 */
record RouterFiles(byte[] weights, Optional<byte[]> encoder, byte[] links, Optional<byte[]> heads) {
    static final String WEIGHTS = "router.bin";
    static final String ENCODER = "encoder.bin";
    static final String LINKS = "links.bin";
    static final String HEADS = "heads.bin";

    static RouterFiles shipped() {
        return new RouterFiles(shipped(WEIGHTS), Optional.of(shipped(ENCODER)), shipped(LINKS), Optional.empty());
    }

    /**
     * The files of a folder. What is not there is taken from the shipped router, but for the encoder of weights that are there: another one may have been tuned on what these
     * weights were kept from.
     *
     * @throws IOException when a file can't be read, or is not the one that {@code lineage.json} tells of
     */
    static RouterFiles of(Path folder) throws IOException {
        Optional<byte[]> weights = read(folder, WEIGHTS);
        Optional<byte[]> heads = read(folder, HEADS);
        if (weights.isEmpty() && heads.isEmpty()) {
            throw new IOException(folder + " holds neither " + WEIGHTS + " nor " + HEADS);
        }
        Optional<byte[]> encoder = read(folder, ENCODER);
        RouterFiles files = new RouterFiles(
                weights.orElseGet(() -> shipped(WEIGHTS)),
                encoder.isPresent() || weights.isPresent() ? encoder : Optional.of(shipped(ENCODER)),
                read(folder, LINKS).orElseGet(() -> shipped(LINKS)),
                heads);
        files.check(lineage(folder, RouterModels.LINEAGE));
        if (encoder.isPresent()) {
            check(lineage(folder, TunedEncoder.LINEAGE).path("model"), TunedEncoder.LINEAGE, ENCODER, encoder.get());
        }
        return files;
    }

    /** What a file says of its origin; nothing where it isn't there. */
    static JsonNode lineage(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        JsonMapper mapper = JsonMapper.builder().build();
        return Files.exists(file) ? mapper.readTree(Files.readString(file)) : mapper.createObjectNode();
    }

    /** A file that is not the one which the lineage tells of was changed, or is half written. */
    private void check(JsonNode lineage) throws IOException {
        check(lineage.path("model"), RouterModels.LINEAGE, WEIGHTS, weights);
        check(lineage.path("weights"), RouterModels.LINEAGE, WEIGHTS, weights);
        check(lineage.path("tuned encoder"), RouterModels.LINEAGE, ENCODER, encoder.orElseGet(() -> new byte[0]));
        check(lineage.path("links"), RouterModels.LINEAGE, LINKS, links);
        check(lineage.path("heads"), RouterModels.LINEAGE, HEADS, heads.orElseGet(() -> new byte[0]));
    }

    private static void check(JsonNode digest, String lineage, String name, byte[] bytes) throws IOException {
        if (digest.isString() && !digest.asString().equals(Digests.of(bytes))) {
            throw new IOException(name + " is not the file that " + lineage + " tells of: its digest is "
                    + Digests.of(bytes) + ", expected " + digest.asString());
        }
    }

    /** The same with what was fitted. */
    RouterFiles with(byte[] fitted) {
        return new RouterFiles(weights, encoder, links, Optional.of(fitted));
    }

    /** Writes them, and tells their digests, as they stand in the lineage. */
    Map<String, String> write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> digests = new LinkedHashMap<>();
        write(folder, WEIGHTS, weights);
        digests.put("weights", Digests.of(weights));
        if (encoder.isPresent()) {
            write(folder, ENCODER, encoder.get());
            digests.put("tuned encoder", Digests.of(encoder.get()));
        }
        write(folder, LINKS, links);
        digests.put("links", Digests.of(links));
        if (heads.isPresent()) {
            write(folder, HEADS, heads.get());
            digests.put("heads", Digests.of(heads.get()));
        }
        return digests;
    }

    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    /** Digest of all of them together. */
    String digest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(weights);
        encoder.ifPresent(all::writeBytes);
        all.writeBytes(links);
        heads.ifPresent(all::writeBytes);
        return Digests.of(all.toByteArray());
    }

    private static Optional<byte[]> read(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    static byte[] shipped(String name) {
        try (InputStream in = RouterFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the router's " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the router's " + name + " can't be read", e);
        }
    }
}
