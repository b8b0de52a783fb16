package dev.pinfactory.specialists.tabular;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Scores each row of the input {@code table} by itself; the answer is {@code scores}. A row of which too little is known gets no score, and where that
 * is so of all rows, the call is an abstention.
 *
 * @param derived adds the columns that are computed from others
 */
public record RowScorer(TabularModel model, UnaryOperator<Row> derived) implements SpecialistModel {
    /** Input port. */
    public static final String TABLE = "table";

    /** Output port. */
    public static final String SCORES = "scores";

    /** The most rows of a call. */
    public static final int MAX_ROWS = 20_000;

    private static final int REASONS = 3;

    /** Below this share of what the model goes by, a score would be little more than the average. */
    private static final double LEAST_KNOWN = 0.5;

    private static final int CHECK_EVERY = 256;

    @Override
    public List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        List<Row> rows;
        try {
            rows = TableRows.of(inference.input(TABLE), MAX_ROWS);
        } catch (IllegalArgumentException e) {
            return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
        }
        if (rows.isEmpty()) {
            return InferenceResult.abstained("'" + TABLE + "' has no rows");
        }
        ScoreTable scores = new ScoreTable(TABLE);
        for (int i = 0; i < rows.size(); i++) {
            if (i % CHECK_EVERY == 0 && inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            try {
                score(derived.apply(rows.get(i)), scores);
            } catch (IllegalArgumentException e) {
                return InferenceResult.inputInvalid("'%s', row %d: %s".formatted(TABLE, i, e.getMessage()));
            }
        }
        Artifact answer = scores.artifact(SCORES);
        return scores.judged() == 0
                ? InferenceResult.abstained(
                        "no row of 'table' has enough of the columns that this goes by: " + needed())
                : InferenceResult.answered(answer);
    }

    private void score(Row row, ScoreTable scores) {
        double known = model.known(row);
        if (known < LEAST_KNOWN) {
            scores.addUnknown("too little is known: %.0f %% of what the score goes by".formatted(100 * known));
        } else {
            scores.add(model.probability(row), ScoreTable.words(model.reasons(row, REASONS), row));
        }
    }

    private String needed() {
        List<String> names = model.columnNames();
        return String.join(", ", names.subList(0, Math.min(8, names.size()))) + (names.size() > 8 ? ", …" : "");
    }
}
