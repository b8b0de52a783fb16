package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingOptionsTest {
    @TempDir
    private Path folder;

    private TrainingOptions options(String... more) {
        String[] line = new String[more.length + 4];
        System.arraycopy(new String[] {"--data", folder.toString(), "--out", "out"}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return TrainingOptions.of(line, "--steps");
    }

    @Test
    void aLibraryThatThereIsNotCannotBeLeftOut() {
        assertThatThrownBy(() -> options("--leave-out", "ultratool"))
                .hasMessageContaining("--leave-out: expected one of")
                .hasMessageContaining("'ultratool'");
    }

    @Test
    void anEmptyLibraryLeavesNothingOut() {
        assertThat(options("--leave-out", "").leftOut()).isEmpty();
    }

    @Test
    void whatIsNoNumberAboveZeroIsNamed() {
        for (String text : new String[] {"many", "0", "-3", "1.5"}) {
            assertThatThrownBy(() -> options("--steps", text).number("--steps", Integer::valueOf, 5))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--steps: expected a number above 0, got '" + text + "'");
        }
        assertThat(options("--steps", "7").number("--steps", Integer::valueOf, 5))
                .isEqualTo(7);
        assertThat(options().number("--steps", Integer::valueOf, 5)).isEqualTo(5);
    }

    @Test
    void anEncoderThatWasTunedOnWhatIsLeftOutIsRefused() throws IOException {
        Files.write(folder.resolve(RouterFiles.ENCODER), RouterFiles.shipped(RouterFiles.ENCODER));
        Files.write(folder.resolve(TunedEncoder.LINEAGE), RouterFiles.shipped(TunedEncoder.LINEAGE));
        assertThat(TrainRouter.tunedEncoder(folder, "")).isPresent();
        assertThatThrownBy(() -> TrainRouter.tunedEncoder(folder, "multimedia"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encoder.bin was tuned with '' left out, and --leave-out is 'multimedia'");
    }
}
