package dev.pinfactory.specialists.slots;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpanScores.LabelledSpan;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.compression.CompressionRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Learns from snips' training part, a large model that is pruned step by step, and measures on its development part, a hundred requests of each intent. */
public final class SlotsTrainer implements SpecialistTrainer {
    static final String TRAIN = "train.jsonl.gz";
    static final String HELD = "dev.jsonl.gz";

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
        SlotsCompressor.Small small = SlotsCompressor.alone(new CompressionRequest(
                request.data(), Optional.empty(), List.of(), request.seed(), request.progress()));
        request.progress().accept("measuring");
        List<LabelledRequest> held = LabelledRequest.read(request.data().resolve(HELD));
        return TrainingOutput.write(
                request, small.origin(), small.reader().bytes(), SlotScores.of(small.reader(), held));
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
