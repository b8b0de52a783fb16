package dev.pinfactory.specialists.fraud;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Specialist;
import dev.pinfactory.specialists.sdk.SpecialistLoader;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.tabular.Row;
import dev.pinfactory.specialists.tabular.ScoreTable;
import dev.pinfactory.specialists.tabular.TableRows;
import dev.pinfactory.specialists.tabular.TabularModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Scores card transactions by what their card and terminal did before. */
@Specialist
public final class FraudSpecialist implements SpecialistLoader {
    static final String TABLE = "table";
    static final String HISTORY = "history";
    static final String SCORES = "scores";
    private static final int MAX_ROWS = 20_000;
    private static final int MAX_HISTORY = 250_000;
    private static final int CHECK_EVERY = 256;

    @Override
    public SpecialistModel load(ModelSource source) throws IOException {
        try (InputStream stream = source.open()) {
            return new Model(TabularModel.read(stream, FraudTrainer.KIND));
        }
    }

    private record Model(TabularModel trees) implements SpecialistModel {
        @Override
        public int maxBatchSize() {
            return 1;
        }

        @Override
        public List<InferenceResult> infer(List<Inference> batch) {
            return batch.stream().map(this::infer).toList();
        }

        private InferenceResult infer(Inference inference) {
            List<Optional<Transaction>> asked;
            List<Transaction> history;
            try {
                asked = transactions(inference.input(TABLE), MAX_ROWS);
                history =
                        inference
                                .find(HISTORY)
                                .map(table -> transactions(table, MAX_HISTORY))
                                .orElse(List.of())
                                .stream()
                                .flatMap(Optional::stream)
                                .toList();
            } catch (IllegalArgumentException e) {
                return InferenceResult.inputInvalid(String.valueOf(e.getMessage()));
            }
            // What is asked about has not turned out yet.
            List<Transaction> open = asked.stream()
                    .flatMap(Optional::stream)
                    .map(one ->
                            new Transaction(one.time(), one.customer(), one.terminal(), one.amount(), Optional.empty()))
                    .toList();
            Behaviour behaviour = Behaviour.of(history, open);
            ScoreTable scores = new ScoreTable(TABLE);
            for (int i = 0; i < asked.size(); i++) {
                if (i % CHECK_EVERY == 0 && inference.cancelled()) {
                    return InferenceResult.abstained("cancelled");
                }
                score(asked.get(i), behaviour, scores);
            }
            Artifact answer = scores.artifact(SCORES);
            return scores.judged() == 0
                    ? InferenceResult.abstained(
                            "nothing is known of the cards and terminals, or 'table' lacks time_s, customer, terminal and amount",
                            answer)
                    : InferenceResult.answered(answer);
        }

        private void score(Optional<Transaction> asked, Behaviour behaviour, ScoreTable scores) {
            if (asked.isEmpty()) {
                scores.addUnknown("needs time_s, customer, terminal and amount");
                return;
            }
            if (!behaviour.knows(asked.get())) {
                scores.addUnknown("neither card nor terminal has an earlier transaction");
                return;
            }
            Row row = behaviour.describe(asked.get());
            scores.add(trees.probability(row), ScoreTable.words(trees.reasons(row, 3), row));
        }

        private static List<Optional<Transaction>> transactions(Artifact table, int most) {
            return TableRows.of(table, most).stream().map(Transaction::of).toList();
        }
    }
}
