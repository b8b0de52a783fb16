package dev.pinfactory.specialists.receiptfields;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import dev.pinfactory.specialists.learning.ranking.RankingModel;
import dev.pinfactory.specialists.learning.ranking.RankingTrainer;
import dev.pinfactory.specialists.receiptfields.FieldReader.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Learns from {@code train.jsonl.gz} and from made-up bills, measures on {@code dev.jsonl.gz}. */
public final class ReceiptFieldsTrainer implements SpecialistTrainer {
    private static final double FOR_CALIBRATION = 0.25;

    /** Beside the receipts of people, which are of one country and in upper case. */
    private static final int MADE_UP = 300;

    @Override
    public String name() {
        return "receipt-fields";
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", "receipt-fields", "data");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("receipts_sroie");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve("train.jsonl.gz");
        List<LabelledReceipt> receipts = ReceiptData.read(file);
        List<LabelledReceipt> madeUp = MadeUpBills.make(MADE_UP, request.seed());
        RankingTrainer.Settings settings = new RankingTrainer.Settings(5, 0.1, 0.001, 0.1, 2, request.seed());
        List<FieldReader> readers = new ArrayList<>();
        for (Field field : Field.values()) {
            request.progress().accept("learning " + field.key());
            PlattScaling scaling = calibrate(field, receipts, madeUp, settings);
            RankingModel model = ReceiptTraining.train(field, together(receipts, madeUp), settings);
            readers.add(new FieldReader(field, CandidateFinder.of(field), model, scaling));
        }
        ReceiptModel model = new ReceiptModel(readers);
        Map<String, Metric> metrics =
                ReceiptScores.of(model, ReceiptData.read(request.data().resolve("dev.jsonl.gz")));
        Map<String, Object> used = Map.of(
                "madeUpBills",
                MADE_UP,
                "passes",
                settings.passes(),
                "stepSize",
                settings.stepSize(),
                "decay",
                settings.decay(),
                "dropOut",
                settings.dropOut(),
                "minimumCount",
                settings.minimumCount());
        var origin = new Lineage.Origin(ReceiptFieldsTrainer.class, List.of(file), used, Map.of());
        return TrainingOutput.write(request, origin, model.bytes(), metrics);
    }

    private static List<LabelledReceipt> together(List<LabelledReceipt> some, List<LabelledReceipt> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** On receipts of people that the measured model hasn't seen; the final one learns from all. Made-up bills are too easy to say how often it is right. */
    private static PlattScaling calibrate(
            Field field,
            List<LabelledReceipt> receipts,
            List<LabelledReceipt> madeUp,
            RankingTrainer.Settings settings) {
        List<LabelledReceipt> order = new ArrayList<>(receipts);
        Collections.shuffle(order, new Random(settings.seed()));
        int cut = (int) (order.size() * FOR_CALIBRATION);
        List<LabelledReceipt> learned = together(order.subList(cut, order.size()), madeUp);
        FieldReader reader = FieldReader.of(field, ReceiptTraining.train(field, learned, settings));
        List<Double> probabilities = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (LabelledReceipt receipt : order.subList(0, cut)) {
            Optional<Reading> reading = reader.read(Receipt.of(receipt.text()));
            reading.ifPresent(found -> {
                probabilities.add(found.confidence());
                right.add(receipt.isRight(field, found.candidate().value()));
            });
        }
        boolean[] truth = new boolean[right.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = right.get(i);
        }
        return PlattScaling.fit(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray(), truth);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return ReceiptScores.of(shipped(), ReceiptData.read(file));
    }

    /** The model that comes with the code. */
    static ReceiptModel shipped() {
        try (InputStream stream = Objects.requireNonNull(
                ReceiptFieldsTrainer.class.getResourceAsStream(TrainingOutput.MODEL),
                "the model is not on the class path")) {
            return ReceiptModel.read(stream);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
