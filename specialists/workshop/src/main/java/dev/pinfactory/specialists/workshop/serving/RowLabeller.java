package dev.pinfactory.specialists.workshop.serving;

import static dev.pinfactory.specialists.workshop.serving.AnswerTable.nothing;
import static dev.pinfactory.specialists.workshop.serving.AnswerTable.number;
import static dev.pinfactory.specialists.workshop.serving.AnswerTable.text;

import dev.pinfactory.specialists.learning.Candidate;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.ScoreTable;
import java.util.List;

/** Labels each row of a table. */
final class RowLabeller extends RowAnswers {
    private final RowClasses classes;

    RowLabeller(RowClasses classes) {
        super(ArtifactType.ROW_CLASSES, List.of("row", "label", "confidence", "reasons"));
        this.classes = classes;
    }

    @Override
    double known(Row row) {
        return classes.known(row);
    }

    @Override
    void answer(Row row, AnswerTable answers) {
        Candidate best = classes.classify(row).getFirst();
        String reasons = ScoreTable.words(classes.model(best.label()).reasons(row, REASONS), row);
        answers.add(
                best.confidence(),
                number(answers.size()),
                text(best.label()),
                number(best.confidence()),
                text(reasons));
    }

    @Override
    void unknown(String reason, AnswerTable answers) {
        answers.add(0, number(answers.size()), nothing(), nothing(), text(reason));
    }
}
