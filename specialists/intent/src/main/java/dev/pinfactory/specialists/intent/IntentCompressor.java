package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.compression.ClassifierCompression;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Compresses the intent model: the tenth of the questions that judges the model that ships judges all here. */
public final class IntentCompressor implements SpecialistCompressor {
    private static final ClassifierCompression.Settings SETTINGS = new ClassifierCompression.Settings(
            new NgramSettings(2, 2, 5, 16),
            List.of(1f, 2f, 4f),
            1,
            2,
            List.of(100_000, 50_000, 20_000, 10_000),
            3,
            4,
            0.15,
            0.5);

    private final SentenceEncoder encoder;

    /** For the service loader. */
    public IntentCompressor() {
        this(SentenceEncoder.shared());
    }

    IntentCompressor(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return IntentTrainer.KIND;
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "intent", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("banking77");
    }

    @Override
    public Compression compress(CompressionRequest request) {
        Path file = request.file(IntentTrainer.FILE);
        Split<LabelledText> split = IntentTrainer.split(file, request.seed());
        return new ClassifierCompression(SETTINGS, encoder, request)
                .compress(IntentTrainer.KIND, split, IntentTrainer.shipped(encoder), "intent", file);
    }
}
