package dev.pinfactory.specialists.dedupe;

import de.bwaldvogel.liblinear.SolverType;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.LinearModel;
import dev.pinfactory.specialists.learning.LinearTrainer;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.SparseVector;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.learning.ranking.PlattScaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Trains on generated tables, fits the sigmoid on others of the same kind, and measures on tables of other words, other seed and other corruptions. */
public final class DedupeTrainer implements SpecialistTrainer {
    private static final int TABLES = 240;
    private static final int CALIBRATION_TABLES = 120;
    private static final int THINGS = 300;
    private static final double COST = 10;
    private static final double TOLERANCE = 0.001;

    @Override
    public String name() {
        return PairModel.KIND;
    }

    /** What it measures on; what it learns from is generated. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", PairModel.KIND, "data");
    }

    private record Examples(List<SparseVector> pairs, List<String> labels) {}

    @Override
    public TrainingReport train(TrainingRequest request) {
        long seed = request.seed();
        request.progress().accept("comparing rows of generated tables");
        Examples learnt =
                examples(new GeneratedTables(Vocabulary.LEARNING, Corruption.TYPING, seed).make(TABLES, THINGS));
        LinearModel model = new LinearTrainer(SolverType.L2R_LR, COST, TOLERANCE, 1, seed)
                .train(learnt.pairs(), learnt.labels(), PairFeatures.SIZE);
        request.progress().accept("learnt from " + learnt.pairs().size() + " pairs");
        Examples held = examples(
                new GeneratedTables(Vocabulary.LEARNING, Corruption.TYPING, seed + 1).make(CALIBRATION_TABLES, THINGS));
        PairModel raw = new PairModel(model, PlattScaling.NONE);
        boolean[] same = new boolean[held.pairs().size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = held.labels().get(i).equals(PairModel.SAME);
        }
        PlattScaling scaling =
                PlattScaling.fit(held.pairs().stream().mapToDouble(raw::raw).toArray(), same);
        PairModel scaled = new PairModel(model, scaling);
        Lineage.Origin origin = new Lineage.Origin(
                DedupeTrainer.class,
                List.of(),
                Map.of("solver", "L2R_LR", "cost", COST, "tables", TABLES, "mostThings", THINGS, "data", "generated"),
                Map.of("liblinear", "2.44", "commons-text", "1.15.0"));
        return TrainingOutput.write(request, origin, scaled.bytes(), metrics(scaled, judged(seed)));
    }

    /** Tables of other words and other corruptions than those that are learnt from. */
    static List<LabelledTable> judged(long seed) {
        return new GeneratedTables(Vocabulary.JUDGING, Corruption.TRANSFER, seed + 1_000).make(30, 200);
    }

    private static Examples examples(List<LabelledTable> tables) {
        List<SparseVector> pairs = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (LabelledTable table : tables) {
            Records records = new Records(table.rows(), table.columns());
            for (Blocking.Pair pair : Blocking.pairs(records, () -> false)) {
                pairs.add(PairFeatures.of(records, pair.first(), pair.second()));
                labels.add(table.same(pair.first(), pair.second()) ? PairModel.SAME : PairModel.DIFFERENT);
            }
        }
        return new Examples(pairs, labels);
    }

    private static Map<String, Metric> metrics(PairModel model, List<LabelledTable> tables) {
        TableScores scores = new TableScores();
        for (LabelledTable table : tables) {
            Duplicates found = Duplicates.find(
                    new Matcher(model), table.rows(), table.columns(), DedupeSpecialist.DEFAULT_THRESHOLD, () -> false);
            scores.add(table, found.groups(), found.matches());
        }
        return new LinkedHashMap<>(scores.metrics());
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        return metrics(shipped(), LabelledTable.read(file));
    }

    static PairModel shipped() {
        try (InputStream stream = Objects.requireNonNull(
                DedupeTrainer.class.getResourceAsStream(TrainingOutput.MODEL), "the model is not on the class path")) {
            return PairModel.read(stream);
        } catch (IOException e) {
            throw new DataException("the model can't be read: " + e.getMessage(), e);
        }
    }
}
