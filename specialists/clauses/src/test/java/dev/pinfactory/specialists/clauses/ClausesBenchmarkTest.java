package dev.pinfactory.specialists.clauses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.SpecialistTrainer;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and of the lineages: trains again, and compares what the models of the folds say of what they have not seen. */
@Tag("long")
class ClausesBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void trainingUnfairClausesAgainGivesTheReportedFigures() throws IOException {
        assumeTrue(
                Boolean.getBoolean("pinfactory.train"),
                "six minutes of training: ask for it with -Dpinfactory.train=true");
        isAsReported(new ClausesTrainer(), Path.of("data"), "lineage.json");
    }

    @Test
    void trainingProvisionsAgainGivesTheReportedFigures() throws IOException {
        String data = System.getProperty("pinfactory.data.ledgar");
        assumeTrue(
                data != null,
                "the provisions may not be copied here: give the directory that has train.jsonl.gz with -Dpinfactory.data.ledgar=DIR");
        isAsReported(new ProvisionTrainer(), Path.of(data), "ledgar/lineage.json");
    }

    private void isAsReported(SpecialistTrainer trainer, Path data, String lineage) throws IOException {
        TrainingReport report =
                trainer.train(new TrainingRequest(data, folder, TrainingRequest.DEFAULT_SEED, System.out::println));
        for (Map.Entry<String, JsonNode> reported :
                lineage(lineage).get("metrics").properties()) {
            assertThat(report.metrics().get(reported.getKey()).value())
                    .as(reported.getKey())
                    .isCloseTo(reported.getValue().at("/value").asDouble(), within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ledgar/"})
    void lineageNamesTheModel(String place) throws IOException {
        try (InputStream model =
                Objects.requireNonNull(ClausesTrainer.class.getResourceAsStream(place + "model.bin"))) {
            assertThat(lineage(place + "lineage.json").at("/model/digest").asString())
                    .isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    @Test
    void theReadmeSaysWhatTheLineagesSay() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme)
                .contains("| %.1f %% ("
                        .formatted(100
                                * lineage("lineage.json")
                                        .at("/metrics/macro_f1/value")
                                        .asDouble()))
                .contains("| %.1f %% ("
                        .formatted(100
                                * lineage("lineage.json")
                                        .at("/metrics/contract_recall/value")
                                        .asDouble()))
                .contains("| %.1f %% ("
                        .formatted(100
                                * lineage("lineage.json")
                                        .at("/metrics/contract_precision/value")
                                        .asDouble()))
                .contains("| %.1f %% ("
                        .formatted(100
                                * lineage("ledgar/lineage.json")
                                        .at("/metrics/accuracy/value")
                                        .asDouble()));
    }

    private static JsonNode lineage(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(ClausesTrainer.class.getResourceAsStream(name))) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
