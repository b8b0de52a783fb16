package dev.pinfactory.specialists.risk.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats the figures of README.md and lineage.json: trains again, and compares what folds say of rows they have not seen. */
@Tag("long")
class CreditRiskBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void trainingAgainGivesTheSameModelAndFigures() throws IOException {
        String data = System.getProperty("pinfactory.data");
        assumeTrue(data != null, "the rows may not be copied here: give their directory with -Dpinfactory.data=DIR");
        TrainingReport report = new CreditRiskTrainer()
                .train(new TrainingRequest(Path.of(data), folder, TrainingRequest.DEFAULT_SEED, line -> {}));
        Map<String, Metric> metrics = report.metrics();
        assertThat(report.digest()).isEqualTo(lineage().at("/model/digest").asString());
        System.out.println(metrics.values());
        for (String name : List.of("auc", "ap", "ece", "brier")) {
            assertThat(metrics.get(name).value())
                    .as(name)
                    .isCloseTo(lineage().at("/metrics/" + name + "/value").asDouble(), within(0.0001));
        }
        assertThat(metrics.get("auc").value()).isGreaterThan(0.79);
        assertThat(metrics.get("ece").value()).isLessThan(0.06);
    }

    @Test
    void lineageNamesTheModel() throws IOException {
        try (InputStream model = CreditRiskTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(lineage().at("/model/digest").asString()).isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    private static JsonNode lineage() throws IOException {
        try (InputStream stream = CreditRiskTrainer.class.getResourceAsStream("lineage.json")) {
            return new JsonMapper().readTree(stream.readAllBytes());
        }
    }
}
