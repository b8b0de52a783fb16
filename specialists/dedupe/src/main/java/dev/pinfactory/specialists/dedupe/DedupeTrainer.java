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

/** Trains on generated tables and a few hand-written ones, fits the sigmoid to hand-written ones that were held back in turn, and measures on generated tables of other words, other seed and other corruptions. */
public final class DedupeTrainer implements SpecialistTrainer {
    private static final int TABLES = 240;
    private static final int FOLDS = 3;

    /** How often a hand-written pair counts, of which there are few. */
    private static final int WEIGHT = 20;

    private static final String DEVELOPMENT = "hand-development.jsonl";
    private static final int THINGS = 60;
    private static final double COST = 10;
    private static final double TOLERANCE = 0.001;

    @Override
    public String name() {
        return PairModel.KIND;
    }

    /** The hand-written tables; the others are generated. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", PairModel.KIND, "data");
    }

    private record Examples(List<SparseVector> pairs, List<String> labels) {}

    @Override
    public TrainingReport train(TrainingRequest request) {
        long seed = request.seed();
        request.progress().accept("comparing rows of generated tables");
        Examples generated =
                examples(new GeneratedTables(Vocabulary.LEARNING, Corruption.TYPING, seed).make(TABLES, THINGS));
        Path development = request.data().resolve(DEVELOPMENT);
        List<LabelledTable> written = LabelledTable.read(development);
        LinearModel model = learn(generated, examples(written), seed);
        request.progress().accept("learnt from " + generated.pairs().size() + " generated pairs");
        PlattScaling scaling = scaling(generated, written, seed);
        PairModel scaled = new PairModel(model, scaling);
        Lineage.Origin origin = new Lineage.Origin(
                DedupeTrainer.class,
                List.of(development),
                Map.of(
                        "solver",
                        "L2R_LR",
                        "cost",
                        COST,
                        "tables",
                        TABLES,
                        "mostThings",
                        THINGS,
                        "handWrittenCount",
                        WEIGHT,
                        "folds",
                        FOLDS,
                        "data",
                        "generated and hand-written"),
                Map.of("liblinear", "2.44", "commons-text", "1.15.0"));
        return TrainingOutput.write(request, origin, scaled.bytes(), metrics(scaled, judged(seed)));
    }

    private static LinearModel learn(Examples generated, Examples written, long seed) {
        List<SparseVector> pairs = new ArrayList<>(generated.pairs());
        List<String> labels = new ArrayList<>(generated.labels());
        for (int i = 0; i < WEIGHT; i++) {
            pairs.addAll(written.pairs());
            labels.addAll(written.labels());
        }
        return new LinearTrainer(SolverType.L2R_LR, COST, TOLERANCE, 1, seed).train(pairs, labels, PairModel.FEATURES);
    }

    /** Fitted to what models say of hand-written tables that they have not learnt from: each of a few shares of them in turn. */
    private static PlattScaling scaling(Examples generated, List<LabelledTable> written, long seed) {
        List<Double> said = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            List<LabelledTable> kept = new ArrayList<>();
            List<LabelledTable> held = new ArrayList<>();
            for (int i = 0; i < written.size(); i++) {
                (i % FOLDS == fold ? held : kept).add(written.get(i));
            }
            PairModel raw = new PairModel(learn(generated, examples(kept), seed), PlattScaling.NONE);
            Examples judged = examples(held);
            judged.pairs().forEach(pair -> said.add(raw.raw(pair)));
            labels.addAll(judged.labels());
        }
        boolean[] same = new boolean[said.size()];
        for (int i = 0; i < same.length; i++) {
            same[i] = labels.get(i).equals(PairModel.SAME);
        }
        return PlattScaling.fit(said.stream().mapToDouble(Double::doubleValue).toArray(), same);
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
            List<Blocking.Pair> compared = Blocking.pairs(records, () -> false);
            pairs.addAll(Rivals.features(records, compared, () -> false));
            for (Blocking.Pair pair : compared) {
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
