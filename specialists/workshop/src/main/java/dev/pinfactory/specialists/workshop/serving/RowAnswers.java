package dev.pinfactory.specialists.workshop.serving;

import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.RowScorer;
import dev.pinfactory.specialists.tabular.TableRows;
import java.util.List;

/** Answers each row of a table by itself. A row of which too little is known gets no answer, and where that is so of all, the call is an abstention. */
abstract class RowAnswers implements SpecialistModel {
    static final int REASONS = 3;

    /** Below this share of what a model goes by, its answer would be little more than the average. */
    private static final double LEAST_KNOWN = 0.5;

    private static final int CHECK_EVERY = 256;

    private final ArtifactType type;
    private final List<String> columns;

    RowAnswers(ArtifactType type, List<String> columns) {
        this.type = type;
        this.columns = columns;
    }

    /** How much is known of a row, 0 to 1. */
    abstract double known(Row row);

    abstract void answer(Row row, AnswerTable answers);

    /** A row about which nothing can be said. */
    abstract void unknown(String reason, AnswerTable answers);

    @Override
    public final List<InferenceResult> infer(List<Inference> batch) {
        return batch.stream().map(this::infer).toList();
    }

    private InferenceResult infer(Inference inference) {
        List<Row> rows;
        try {
            rows = TableRows.of(inference.input(type.input()), RowScorer.MAX_ROWS);
        } catch (IllegalArgumentException e) {
            return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
        }
        AnswerTable answers = new AnswerTable(type.input(), columns);
        for (Row row : rows) {
            if (answers.size() % CHECK_EVERY == 0 && inference.cancelled()) {
                return InferenceResult.abstained("cancelled");
            }
            double known;
            try {
                known = known(row);
            } catch (IllegalArgumentException e) {
                return InferenceResult.inputInvalid(
                        "'%s', row %d: %s".formatted(type.input(), answers.size(), e.getMessage()));
            }
            if (known < LEAST_KNOWN) {
                unknown("too little is known: %.0f %% of what the answer goes by".formatted(100 * known), answers);
            } else {
                answer(row, answers);
            }
        }
        return answers.known() == 0
                ? InferenceResult.abstained("no row of 'table' has enough of the columns that this goes by")
                : InferenceResult.answered(answers.artifact(type.output()));
    }
}
