package dev.pinfactory.specialists.fraud;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.learning.DataException;
import dev.pinfactory.specialists.learning.TrainingRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FraudTrainerTest {
    @TempDir
    private Path folder;

    private final FraudTrainer trainer = new FraudTrainer();

    @Test
    void aDirectoryWithoutTransactionsIsNotReplacedBySimulation() {
        assertThatThrownBy(() -> train(folder.resolve("out")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train.csv.gz");
    }

    @Test
    void aFileNeverTrainsWhatShips() throws IOException {
        Files.createFile(folder.resolve("train.csv.gz"));
        assertThatThrownBy(() -> train(folder.resolve(trainer.resources())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("--out");
    }

    private void train(Path out) {
        trainer.train(new TrainingRequest(folder, out, TrainingRequest.DEFAULT_SEED, line -> {}));
    }
}
