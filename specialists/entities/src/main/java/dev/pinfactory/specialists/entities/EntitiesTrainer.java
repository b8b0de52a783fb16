package dev.pinfactory.specialists.entities;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.EntitiesArtifact;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.Split;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.sequence.CrfTrainer;
import dev.pinfactory.specialists.learning.sequence.SequenceModel;
import dev.pinfactory.specialists.learning.sequence.Token;
import dev.pinfactory.specialists.learning.sequence.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;

/** Learns from wnut17's training part and measures on its development part, which is of other sources. */
public final class EntitiesTrainer implements SpecialistTrainer {
    static final String TRAIN = "train.jsonl.gz";
    static final String HELD = "dev.jsonl.gz";

    /** How sure the names may be is learned from a model that has not seen this share. */
    private static final double CALIBRATION = 0.1;

    /** How much less "O" is worth on other sources than those of the training part. */
    private static final double INCLINATION = 1;

    private static final List<String> TYPES =
            List.of("corporation", "creative-work", "group", "location", "person", "product");

    private final SentenceEncoder encoder;

    /** With the process's own encoder. */
    public EntitiesTrainer() {
        this(SentenceEncoder.shared());
    }

    public EntitiesTrainer(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String name() {
        return "entities";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "entities", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("wnut17");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        List<LabelledSentence> sentences = LabelledSentence.read(request.data().resolve(TRAIN));
        List<LabelledSentence> held = LabelledSentence.read(request.data().resolve(HELD));
        CrfTrainer.Settings settings = new CrfTrainer.Settings(8, 0.05, 1e-4, 0.3, 2, 0.01, request.seed());

        request.progress().accept("reading " + sentences.size() + " texts");
        List<Read> all = sentences.stream().map(this::read).toList();
        request.progress().accept("learning how sure names can be");
        Split<Read> split = Split.stratified(
                all, one -> one.sentence().names().isEmpty() ? "none" : "some", CALIBRATION, request.seed());
        PlattScaling scaling = scaling(new NameReader(names(split.train(), settings), encoder), split.held());
        request.progress().accept("learning names");
        NameReader reader = new NameReader(names(all, settings).with(scaling), encoder);

        Map<String, Object> used = Map.of(
                "passes",
                settings.passes(),
                "stepSize",
                settings.stepSize(),
                "decay",
                settings.decay(),
                "dropOut",
                settings.dropOut(),
                "minimumCount",
                settings.minimumCount(),
                "prune",
                settings.prune(),
                "inclination",
                INCLINATION);
        Lineage.Origin origin = new Lineage.Origin(
                EntitiesTrainer.class,
                List.of(request.data().resolve(TRAIN), request.data().resolve(HELD)),
                used,
                Map.of("encoder", encoder.digest()));
        return TrainingOutput.write(request, origin, reader.bytes(), NameScores.of(reader, held));
    }

    private record Read(LabelledSentence sentence, List<Token> tokens, int[][] features) {}

    private Read read(LabelledSentence sentence) {
        List<Token> tokens = Tokenizer.tokenize(sentence.text());
        return new Read(
                sentence, tokens, NameFeatures.of(sentence.text(), tokens, encoder.encodeTokens(sentence.text())));
    }

    private static SequenceModel names(List<Read> texts, CrfTrainer.Settings settings) {
        SequencedSet<String> labels = new LinkedHashSet<>(List.of("O"));
        for (String type : TYPES) {
            labels.add("B-" + type);
            labels.add("I-" + type);
        }
        List<String> order = List.copyOf(labels);
        List<CrfTrainer.Example> examples = new ArrayList<>();
        for (Read text : texts) {
            int[] gold = text.sentence().labels(text.tokens()).stream()
                    .mapToInt(order::indexOf)
                    .toArray();
            examples.add(new CrfTrainer.Example(text.features(), gold));
        }
        return new CrfTrainer(labels, settings).train(examples, new int[0]).inclinedToFind(INCLINATION);
    }

    private static PlattScaling scaling(NameReader reader, List<Read> unseen) {
        List<Double> said = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (Read text : unseen) {
            for (EntitiesArtifact.Found name : reader.read(text.tokens(), text.features())) {
                LabelledSpan span = NameScores.span(text.sentence().text(), name);
                said.add(name.confidence());
                right.add(text.sentence().names().contains(span));
            }
        }
        boolean[] truth = new boolean[right.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = right.get(i);
        }
        return PlattScaling.fit(said.stream().mapToDouble(Double::doubleValue).toArray(), truth);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return NameScores.of(shipped(encoder), LabelledSentence.read(file));
    }

    /** The model that comes with the code. */
    static NameReader shipped(SentenceEncoder encoder) {
        try (InputStream stream = Objects.requireNonNull(
                EntitiesTrainer.class.getResourceAsStream(TrainingOutput.MODEL),
                "the model is not on the class path")) {
            return NameReader.read(stream, encoder);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
