package dev.pinfactory.specialists.workshop.training;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.workshop.data.Examples;
import dev.pinfactory.specialists.workshop.data.Finding;
import dev.pinfactory.specialists.workshop.data.Findings;
import dev.pinfactory.specialists.workshop.data.MarkedTexts;
import dev.pinfactory.specialists.workshop.data.SeriesTable;
import dev.pinfactory.specialists.workshop.data.Table;
import dev.pinfactory.specialists.workshop.data.TableReader;
import java.util.List;
import java.util.Set;

/** Checks a file of examples, learns from one part of it and measures on the other. */
public final class Workshop {
    private static final Set<String> LOWER_IS_BETTER = Set.of("mae", "mse");

    private final SentenceEncoder encoder;

    public Workshop(SentenceEncoder encoder) {
        this.encoder = encoder;
    }

    /**
     * Does the job. The same file, job and seed give the same model.
     *
     * @param findings gets what the checks notice
     * @throws DataException when nothing useful can be learnt from the file; the message names column or line, and what was expected
     */
    public Outcome run(Job job, Findings findings) {
        Outcome outcome = learn(job, findings);
        compare(outcome, findings);
        return outcome;
    }

    /** A model that is no better than none should not be served by accident. */
    private static void compare(Outcome outcome, Findings findings) {
        Metric first = outcome.metrics().values().iterator().next();
        Metric without = outcome.baseline().get(first.name());
        if (without == null) {
            return;
        }
        boolean better =
                LOWER_IS_BETTER.contains(first.name()) ? first.high() < without.value() : first.low() > without.value();
        if (!better) {
            findings.add(Finding.warning(
                    "model",
                    "%s is %.4f, which is not clearly better than %.4f of what needs no learning (%s)"
                            .formatted(first.name(), first.value(), without.value(), outcome.baselineName()),
                    List.of()));
        }
    }

    private Outcome learn(Job job, Findings findings) {
        if (job.outOfScope().isPresent() && job.task() != Job.Task.CLASSIFY) {
            throw new DataException("--out-of-scope is for --type classify, with texts");
        }
        return switch (job.task()) {
            case CLASSIFY -> classify(job, findings);
            case SCORE -> score(job, findings);
            case EXTRACT ->
                SpanTraining.train(
                        job, MarkedTexts.read(job.file(), job.text().orElse("text"), job.oneLabel(), findings));
            case FORECAST -> {
                Table table = TableReader.read(job.file()).without(job.drop());
                yield ForecastTraining.train(job, SeriesTable.of(table, job.time(), job.label(), findings));
            }
        };
    }

    private Outcome classify(Job job, Findings findings) {
        Examples examples = Examples.classes(TableReader.read(job.file()), job.wish(), findings);
        if (examples.text().isPresent()) {
            return new TextTraining(encoder).train(job, examples, findings);
        }
        if (job.outOfScope().isPresent()) {
            throw new DataException(
                    "--out-of-scope is for texts; these rows have no column of texts (--text names one)");
        }
        return RowTraining.train(job, examples);
    }

    private static Outcome score(Job job, Findings findings) {
        if (job.text().isPresent()) {
            throw new DataException(
                    "--text is for --type classify and extract; scores are learnt from the columns of rows");
        }
        Table table = TableReader.read(job.file());
        boolean number = Examples.isNumber(table, job.oneLabel());
        Examples examples = Examples.scores(table, job.wish(), !number, findings);
        return number ? NumberTraining.train(job, examples) : ScoreTraining.train(job, examples, findings);
    }
}
