package dev.pinfactory.specialists.fraud;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import dev.pinfactory.specialists.tabular.LabelledRow;
import dev.pinfactory.specialists.tabular.TabularModel;
import dev.pinfactory.specialists.tabular.TabularSettings;
import dev.pinfactory.specialists.tabular.TabularTrainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains on simulated transactions (what ships), or with {@code --data} on {@code train.csv.gz} of a directory. The days before are history; the last week
 * with a week's delay before it is held back where the transactions are simulated.
 */
public final class FraudTrainer implements SpecialistTrainer {
    static final String KIND = "fraud";
    private static final String FILE = "train.csv.gz";
    private static final String MEASURING_SET = "fraud_handbook";
    private static final double DAY = 86_400;

    /** Before these days windows are cut short by the beginning of the data. */
    private static final int HISTORY_DAYS = 24;

    private static final int DAYS = 66;
    private static final TabularSettings SETTINGS = new TabularSettings(15, 0.05, 50, 0.6, 0.8, 10, 600, 5, 1);

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Optional<String> measuringSet() {
        return Optional.of(MEASURING_SET);
    }

    /** There is none: what ships is trained on simulated transactions. */
    @Override
    public Path defaultData() {
        return Path.of("specialists", KIND, "data");
    }

    @Override
    public TrainingReport train(TrainingRequest request) {
        Path file = request.data().resolve(FILE);
        boolean given = Files.exists(file);
        if (!given && !request.data().endsWith(defaultData())) {
            throw new DataException("there is no file " + file);
        }
        if (given && request.out().endsWith(resources())) {
            throw new DataException(
                    "what ships is trained on simulated transactions: say with --out where the model of " + file
                            + " goes");
        }
        Map<String, Object> settings = new HashMap<>(SETTINGS.asMap());
        settings.put("transactions", given ? "of a file" : "simulated");
        List<Transaction> all = given ? TransactionFile.read(file) : simulated(request.seed());
        double end = all.getLast().time();
        double held = given ? end + 1 : (DAYS - 7) * DAY;
        request.progress().accept("describing " + all.size() + " transactions");
        List<LabelledRow> rows =
                describe(all, all.getFirst().time() + HISTORY_DAYS * DAY, given ? held : held - 7 * DAY);
        TabularTrainer.Trained trained = new TabularTrainer(SETTINGS, request.seed(), request.progress()).train(rows);
        Map<String, Metric> metrics = given ? Map.of() : metrics(trained.model(), describe(all, held, end + 1));
        Lineage.Origin origin = new Lineage.Origin(
                FraudTrainer.class, given ? List.of(file) : List.of(), settings, Map.of("lightgbm", "4.3.0"));
        return TrainingOutput.write(request, origin, trained.model().bytes(KIND), metrics);
    }

    /** The first seed makes what is learned from and judged; another one makes others of the same kind. */
    static List<Transaction> simulated(long seed) {
        return new SimulatedTransactions(3_000, 6_000, 60, DAYS, seed).make();
    }

    /** Those from a time on and before another, by what was known at each. */
    static List<LabelledRow> describe(List<Transaction> all, double from, double to) {
        Behaviour behaviour = Behaviour.of(all);
        return all.stream()
                .filter(one -> one.time() >= from && one.time() < to)
                .map(one -> new LabelledRow(behaviour.describe(one), one.fraud()))
                .toList();
    }

    static Map<String, Metric> metrics(TabularModel model, List<LabelledRow> rows) {
        double[] scores =
                rows.stream().mapToDouble(row -> model.probability(row.row())).toArray();
        boolean[] happened = new boolean[scores.length];
        for (int i = 0; i < happened.length; i++) {
            happened[i] = rows.get(i).happened();
        }
        return new ScoreMetrics(scores, happened).metrics();
    }

    /** The figures of the shipped model on the last week of simulated transactions. */
    static List<LabelledRow> heldBack(long seed) {
        List<Transaction> all = simulated(seed);
        return describe(all, (DAYS - 7) * DAY, all.getLast().time() + 1);
    }

    @Override
    public Map<String, Metric> evaluate(Path file) {
        List<Transaction> all = TransactionFile.read(file);
        return metrics(
                shipped(), describe(all, all.getFirst().time(), all.getLast().time() + 1));
    }

    static TabularModel shipped() {
        try (InputStream stream = FraudTrainer.class.getResourceAsStream(TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new DataException("'fraud' has no model yet; train it first");
            }
            return TabularModel.read(stream, KIND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
