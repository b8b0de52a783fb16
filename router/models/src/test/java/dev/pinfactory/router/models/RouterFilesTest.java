package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterFilesTest {
    private static final RouterFiles SHIPPED = RouterFiles.shipped();

    @TempDir
    private Path folder;

    @Test
    void weightsWithoutAnEncoderDoWithoutOne() throws IOException {
        Files.write(folder.resolve(RouterFiles.WEIGHTS), SHIPPED.weights());
        RouterFiles files = RouterFiles.of(folder);
        assertThat(files.encoder()).isEmpty();
        assertThat(files.links()).isEqualTo(SHIPPED.links());
        assertThat(files.digest()).isNotEqualTo(SHIPPED.digest());
    }

    @Test
    void headsAloneStandOnTheShippedRouter() throws IOException {
        Files.write(folder.resolve(RouterFiles.HEADS), new byte[] {1, 2, 3});
        RouterFiles files = RouterFiles.of(folder);
        assertThat(files.weights()).isEqualTo(SHIPPED.weights());
        assertThat(files.encoder())
                .hasValueSatisfying(
                        bytes -> assertThat(bytes).isEqualTo(SHIPPED.encoder().orElseThrow()));
        assertThat(files.heads()).isPresent();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        SHIPPED.with(new byte[] {5}).write(folder);
        RouterFiles files = RouterFiles.of(folder);
        assertThat(files.digest()).isEqualTo(SHIPPED.with(new byte[] {5}).digest());
    }

    @Test
    void aTunedEncoderThatItsLineageDoesNotTellOfIsRefused() throws IOException {
        SHIPPED.write(folder);
        Files.writeString(folder.resolve(TunedEncoder.LINEAGE), "{\"model\": \"sha256:0\"}");
        assertThatThrownBy(() -> RouterFiles.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("encoder.bin is not the file that encoder-lineage.json tells of");
    }

    @Test
    void anEmptyFolderIsNoRouter() {
        assertThatThrownBy(() -> RouterFiles.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds neither router.bin nor heads.bin");
    }
}
