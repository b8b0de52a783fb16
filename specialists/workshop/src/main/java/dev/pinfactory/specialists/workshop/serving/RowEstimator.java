package dev.pinfactory.specialists.workshop.serving;

import static dev.pinfactory.specialists.workshop.serving.AnswerTable.nothing;
import static dev.pinfactory.specialists.workshop.serving.AnswerTable.number;
import static dev.pinfactory.specialists.workshop.serving.AnswerTable.text;

import dev.pinfactory.specialists.tabular.NumberModel;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.ScoreTable;
import java.util.List;

/** Estimates a number for each row of a table, with bounds. */
final class RowEstimator extends RowAnswers {
    private final NumberModel model;

    RowEstimator(NumberModel model) {
        super(ArtifactType.NUMBER, List.of("row", "number", "lower", "upper", "reasons"));
        this.model = model;
    }

    @Override
    double known(Row row) {
        return model.known(row);
    }

    @Override
    void answer(Row row, AnswerTable answers) {
        double number = model.number(row);
        answers.add(
                NumberModel.COVERAGE,
                number(answers.size()),
                number(number),
                number(number - model.halfWidth()),
                number(number + model.halfWidth()),
                text(ScoreTable.words(model.reasons(row, REASONS), row)));
    }

    @Override
    void unknown(String reason, AnswerTable answers) {
        answers.add(0, number(answers.size()), nothing(), nothing(), nothing(), text(reason));
    }
}
