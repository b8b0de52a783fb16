package dev.pinfactory.specialists.learning;

import dev.pinfactory.proto.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Puts a trained model and its lineage into a directory, each file whole or not at all. */
public final class TrainingOutput {
    public static final String MODEL = "model.bin";
    public static final String LINEAGE = "lineage.json";

    private TrainingOutput() {}

    public static TrainingReport write(
            TrainingRequest request, Lineage.Origin origin, byte[] model, Map<String, Metric> metrics) {
        try {
            Files.createDirectories(request.out());
            Path file = request.out().resolve(MODEL);
            String digest = Digests.of(model);
            replace(file, model);
            replace(request.out().resolve(LINEAGE), Lineage.of(origin, request.seed(), digest, model.length, metrics));
            return new TrainingReport(file, digest, model.length, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to " + request.out() + ": " + e.getMessage(), e);
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".draft");
        try {
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
