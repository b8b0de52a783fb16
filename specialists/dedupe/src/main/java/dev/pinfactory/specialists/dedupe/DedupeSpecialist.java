package dev.pinfactory.specialists.dedupe;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.TableRows;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds rows of a table that denote the same thing. */
@Specialist
public final class DedupeSpecialist implements SpecialistLoader {
    static final String TABLE = "table";
    static final String GROUPS = "groups";
    static final String PAIRS = "pairs";
    static final String COLUMNS = "columns";
    static final String THRESHOLD = "threshold";
    static final double DEFAULT_THRESHOLD = 0.5;

    /** The most rows of a call. */
    static final int MOST_ROWS = 10_000;

    /** More columns tell no more, and each is compared. */
    private static final int MOST_COLUMNS = 50;

    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new Model(new Matcher(PairModel.read(stream)));
        }
    }

    private record Model(Matcher matcher) implements SpecialistModel {
        @Override
        public int maxBatchSize() {
            return 1;
        }

        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            double threshold =
                    inference.parameter(THRESHOLD).map(Value::getNumberValue).orElse(DEFAULT_THRESHOLD);
            if (!(threshold >= Matcher.LEAST && threshold <= 1)) {
                return InferenceResult.inputInvalid(
                        "'threshold' is %s, expected %s to 1".formatted(threshold, Matcher.LEAST));
            }
            Artifact table = inference.input(TABLE);
            List<Row> rows;
            List<String> columns;
            try {
                rows = TableRows.of(table, MOST_ROWS);
                columns = columns(
                        table,
                        inference.parameter(COLUMNS).map(Value::getStringValue).orElse(""));
            } catch (IllegalArgumentException e) {
                return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
            }
            if (rows.size() < 2) {
                return InferenceResult.abstained(
                        "'table' has %d rows, two are the least that can be compared".formatted(rows.size()));
            }
            Duplicates found = Duplicates.find(matcher, rows, columns, threshold, inference.cancellation());
            if (inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            DuplicatesArtifacts artifacts = new DuplicatesArtifacts(found, threshold);
            return InferenceResult.answered(artifacts.groups(), artifacts.pairs());
        }

        private static List<String> columns(Artifact table, String asked) {
            List<String> all = new ArrayList<>();
            table.getJson()
                    .getStructValue()
                    .getFieldsOrThrow("columns")
                    .getListValue()
                    .getValuesList()
                    .forEach(column -> all.add(
                            column.getStructValue().getFieldsOrThrow("name").getStringValue()));
            List<String> chosen = asked.isBlank()
                    ? all
                    : Stream.of(asked.split(",")).map(String::strip).distinct().toList();
            for (String column : chosen) {
                if (!all.contains(column)) {
                    throw new IllegalArgumentException(
                            "'columns' names '%s', which 'table' does not have".formatted(column));
                }
            }
            if (chosen.size() > MOST_COLUMNS) {
                throw new IllegalArgumentException(
                        "%d columns are to be compared, at most %d are: name them in 'columns'"
                                .formatted(chosen.size(), MOST_COLUMNS));
            }
            return chosen;
        }
    }
}
