package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.DataException;
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

/** Learns from snips' training part and measures on its development part, a hundred requests of each intent. */
public final class SlotsTrainer implements SpecialistTrainer {
    static final String TRAIN = "train.jsonl.gz";
    static final String HELD = "dev.jsonl.gz";

    /** How sure the slots may be is learned from a model that has not seen this share. */
    private static final double CALIBRATION = 0.1;

    @Override
    public String name() {
        return "slots";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "slots", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("snips");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        List<LabelledRequest> requests = LabelledRequest.read(request.data().resolve(TRAIN));
        List<LabelledRequest> held = LabelledRequest.read(request.data().resolve(HELD));
        CrfTrainer.Settings settings = new CrfTrainer.Settings(6, 0.1, 1e-4, 0.2, 2, 0.09, request.seed());

        request.progress().accept("learning intents from " + requests.size() + " requests");
        RequestIntent intent = RequestIntent.train(requests, request.seed());
        request.progress().accept("learning how sure slots can be");
        Split<LabelledRequest> split = Split.stratified(requests, LabelledRequest::intent, CALIBRATION, request.seed());
        PlattScaling scaling = scaling(new RequestReader(intent, slots(split.train(), settings)), split.held());
        request.progress().accept("learning slots");
        RequestReader reader =
                new RequestReader(intent, slots(requests, settings).with(scaling));

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
                "intentCost",
                RequestIntent.COST);
        Lineage.Origin origin = new Lineage.Origin(
                SlotsTrainer.class,
                List.of(request.data().resolve(TRAIN), request.data().resolve(HELD)),
                used,
                Map.of("liblinear", "2.44"));
        return TrainingOutput.write(request, origin, reader.bytes(), SlotScores.of(reader, held));
    }

    private static SequenceModel slots(List<LabelledRequest> requests, CrfTrainer.Settings settings) {
        SequencedSet<String> labels = new LinkedHashSet<>(List.of("O"));
        for (String type : LabelledRequest.types(requests)) {
            labels.add("B-" + type);
            labels.add("I-" + type);
        }
        List<String> order = List.copyOf(labels);
        List<CrfTrainer.Example> examples = new ArrayList<>();
        for (LabelledRequest request : requests) {
            List<Token> tokens = Tokenizer.tokenize(request.text());
            int[] gold =
                    request.labels(tokens).stream().mapToInt(order::indexOf).toArray();
            examples.add(new CrfTrainer.Example(SlotFeatures.of(tokens, request.intent()), gold));
        }
        return new CrfTrainer(labels, settings).train(examples, new int[0]);
    }

    static PlattScaling scaling(RequestReader reader, List<LabelledRequest> unseen) {
        List<Double> said = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (LabelledRequest request : unseen) {
            for (RequestReader.Slot slot : reader.read(request.text()).slots()) {
                LabelledSpan span = SlotScores.span(request.text(), slot);
                said.add(slot.confidence());
                right.add(request.slots().contains(span));
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
        return SlotScores.of(shipped(), LabelledRequest.read(file));
    }

    /** The model that comes with the code. */
    static RequestReader shipped() {
        try (InputStream stream = Objects.requireNonNull(
                SlotsTrainer.class.getResourceAsStream(TrainingOutput.MODEL), "the model is not on the class path")) {
            return RequestReader.read(stream);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
