package dev.pinfactory.specialists.tabular;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Lineage;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.ScoreMetrics;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingOutput;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trains a model for rows of one kind, on {@code train.jsonl.gz}. All rows are learned from; the figures are what each fold says of the rows that its trees
 * have not seen.
 */
public abstract class RowsTrainer implements SpecialistTrainer {
    private static final String FILE = "train.jsonl.gz";

    private final String name;
    private final String dataSet;
    private final TabularSettings settings;

    protected RowsTrainer(String name, String dataSet, TabularSettings settings) {
        this.name = name;
        this.dataSet = dataSet;
        this.settings = settings;
    }

    /** Adds the columns that are computed from others. */
    protected UnaryOperator<Row> derived() {
        return UnaryOperator.identity();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Optional<String> dataSet() {
        return Optional.of(dataSet);
    }

    @Override
    public Path defaultData() {
        return Path.of("specialists", name, "data");
    }

    @Override
    public final TrainingReport train(TrainingRequest request) {
        Path file = file(request.data());
        List<LabelledRow> rows = rows(file);
        TabularTrainer.Trained trained = new TabularTrainer(settings, request.seed(), request.progress()).train(rows);
        Map<String, Metric> metrics = new ScoreMetrics(trained.unseen(), outcomes(rows)).metrics();
        Lineage.Origin origin =
                new Lineage.Origin(getClass(), List.of(file), settings.asMap(), Map.of("lightgbm", "4.3.0"));
        return TrainingOutput.write(request, origin, trained.model().bytes(name), metrics);
    }

    @Override
    public final Map<String, Metric> evaluate(Path file) {
        return metrics(shipped(), rows(file));
    }

    /** The model that ships. */
    public final TabularModel shipped() {
        try (InputStream stream = getClass().getResourceAsStream(TrainingOutput.MODEL)) {
            if (stream == null) {
                throw new DataException("'" + name + "' has no model yet; train it first");
            }
            return TabularModel.read(stream, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Figures of a model on rows. */
    public static Map<String, Metric> metrics(TabularModel model, List<LabelledRow> rows) {
        double[] scores =
                rows.stream().mapToDouble(row -> model.probability(row.row())).toArray();
        return new ScoreMetrics(scores, outcomes(rows)).metrics();
    }

    private List<LabelledRow> rows(Path file) {
        List<LabelledRow> rows = LabelledRow.read(file);
        long without = rows.stream().filter(row -> row.label().isEmpty()).count();
        if (without > 0) {
            throw new DataException(file + " has " + without + " rows without member 'label'");
        }
        return rows.stream()
                .map(row -> new LabelledRow(derived().apply(row.row()), row.label()))
                .toList();
    }

    /** {@code --data} may be the folder of this data set or the one above it. */
    private Path file(Path data) {
        Path below = data.resolve(dataSet).resolve(FILE);
        return Files.exists(below) ? below : data.resolve(FILE);
    }

    private static boolean[] outcomes(List<LabelledRow> rows) {
        boolean[] outcomes = new boolean[rows.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = rows.get(i).happened();
        }
        return outcomes;
    }
}
