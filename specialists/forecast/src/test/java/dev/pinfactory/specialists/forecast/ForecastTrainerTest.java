package dev.pinfactory.specialists.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingReport;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTrainerTest {
    @TempDir
    private Path folder;

    private final ForecastTrainer trainer = new ForecastTrainer();

    @Test
    void whatShipsHasLearntNothing() throws IOException {
        try (InputStream model = ForecastTrainer.class.getResourceAsStream("model.bin")) {
            assertThat(train(trainer.defaultData(), folder.resolve("out")).digest())
                    .isEqualTo(Digests.of(model.readAllBytes()));
        }
    }

    @Test
    void aFileNeverTrainsWhatShips() throws IOException {
        Files.createFile(folder.resolve("train_dev.csv.gz"));
        assertThatThrownBy(() -> train(folder, folder.resolve(trainer.resources())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("--out");
    }

    @Test
    void aDirectoryWithoutTheFileIsAnError() {
        assertThatThrownBy(() -> train(folder, folder.resolve("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train_dev.csv.gz");
    }

    /** Repeats the figures of README.md: weights learnt from rows 0 to 8,639, on the rows after them. */
    @Test
    @Tag("long")
    void learntWeightsReachTheReportedFigures() {
        String data = System.getProperty("pinfactory.data");
        assumeTrue(data != null, "the rows may not be copied here: give their directory with -Dpinfactory.data=DIR");
        TrainingReport report = train(Path.of(data), folder.resolve("out"));
        System.out.println(report.metrics().values());
        assertThat(report.metrics().get("mse").value()).isCloseTo(0.6518, within(0.0005));
        assertThat(report.metrics().get("mae").value()).isCloseTo(0.5426, within(0.0005));
        assertThat(train(Path.of(data), folder.resolve("again")).digest()).isEqualTo(report.digest());
    }

    private TrainingReport train(Path data, Path out) {
        return trainer.train(new TrainingRequest(data, out, TrainingRequest.DEFAULT_SEED, line -> {}));
    }
}
