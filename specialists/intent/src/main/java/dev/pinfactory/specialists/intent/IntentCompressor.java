package dev.pinfactory.specialists.intent;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.JsonLines;
import dev.pinfactory.specialists.learning.LabelledText;
import dev.pinfactory.specialists.learning.NgramSettings;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.compression.ClassifierCompression;
import dev.pinfactory.specialists.learning.compression.Compression;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.compression.SpecialistCompressor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final String PORT = "intent";
    private static final Path ELSEWHERE = Path.of("clinc150", IntentTrainer.FILE);
    private static final Set<String> BANKING =
            Set.of("banking", "credit_cards", "travel/exchange_rate", "work/direct_deposit");

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
        Split<LabelledText> split = IntentTrainer.split(request.file(IntentTrainer.FILE), request.seed());
        return compression(encoder, request).compress(IntentTrainer.KIND, split, IntentTrainer.shipped(encoder), PORT);
    }

    /**
     * The student that ships: what {@code pin compress specialist intent} writes, too.
     *
     * @throws DataException also where there are no texts about something else, without which it would answer too much
     */
    static ClassifierCompression.Student student(SentenceEncoder encoder, CompressionRequest request) {
        Path file = request.file(IntentTrainer.FILE);
        Split<LabelledText> split = IntentTrainer.split(file, request.seed());
        if (elsewhere(file).isEmpty()) {
            throw new DataException("there is no " + ELSEWHERE + " beside " + file + " or beside its directory");
        }
        return compression(encoder, request).student(split, PORT);
    }

    private static ClassifierCompression compression(SentenceEncoder encoder, CompressionRequest request) {
        Path file = request.file(IntentTrainer.FILE);
        Optional<Path> others = elsewhere(file);
        if (others.isEmpty()) {
            request.progress()
                    .accept("there is no " + ELSEWHERE + " beside the data: students don't learn when to be unsure");
        }
        return new ClassifierCompression(
                SETTINGS,
                encoder,
                request,
                Stream.concat(Stream.of(file), others.stream()).toList(),
                others.map(IntentCompressor::requests).orElse(List.of()));
    }

    /** As the project has it, or as data sets lie beside one another. */
    private static Optional<Path> elsewhere(Path file) {
        Path directory = file.toAbsolutePath().normalize().resolveSibling("");
        return Stream.of(directory.resolve(ELSEWHERE), directory.resolveSibling(ELSEWHERE))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Requests to an assistant, but for those that a bank's customers may have, too. */
    private static List<String> requests(Path file) {
        return JsonLines.read(
                        file,
                        line -> new LabelledText(
                                JsonLines.text(line, "text"),
                                JsonLines.text(line, "domain") + "/" + JsonLines.text(line, "label")))
                .stream()
                .filter(text -> BANKING.stream().noneMatch(text.label()::startsWith))
                .map(LabelledText::text)
                .distinct()
                .toList();
    }
}
