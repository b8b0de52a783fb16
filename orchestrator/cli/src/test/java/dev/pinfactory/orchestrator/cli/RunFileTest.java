package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() {
        Path file = directory.resolve("run/swarm.json");
        RunFile written = new RunFile(
                "127.0.0.1:9090",
                "http://127.0.0.1:8080",
                "127.0.0.1:9101",
                "",
                List.of(new RunFile.Running(
                        "standalone", ProcessHandle.current().pid())));

        written.write(file);

        assertThat(RunFile.read(file)).contains(written);
        assertThat(RunFile.read(file).orElseThrow().isAlive()).isTrue();
    }

    @Test
    void aFileThatIsNotJsonCountsAsNone() throws Exception {
        assertThat(RunFile.read(Files.writeString(directory.resolve("swarm.json"), "{")))
                .isEmpty();
        assertThat(RunFile.read(directory.resolve("none.json"))).isEmpty();
    }

    @Test
    void aProcessThatIsGoneIsNotAlive() {
        assertThat(new RunFile("", "", "", "", List.of(new RunFile.Running("x", Long.MAX_VALUE))).isAlive())
                .isFalse();
    }
}
