package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path directory;

    private LogTail log(String... lines) throws IOException {
        return LogTail.of(Files.write(directory.resolve("role.log"), java.util.List.of(lines)));
    }

    @Test
    void aTakenPortIsFoundHoweverTheServerSaysIt() throws IOException {
        String grpc = "{\"level\":\"ERROR\",\"message\":\"Application run failed\",\"stack_trace\":\"x\\nCaused by: "
                + "java.io.IOException: Failed to bind to address localhost/127.0.0.1:9101\\n\\tat y\"}";
        assertThat(log(grpc).takenPort()).contains(9101);
        assertThat(
                        log("{\"level\":\"ERROR\",\"message\":\"Web server failed to start. Port 8080 was already in use.\"}")
                                .takenPort())
                .contains(8080);
        assertThat(log("{\"level\":\"INFO\",\"message\":\"Tomcat started on port 8080\"}")
                        .takenPort())
                .isEmpty();
    }

    @Test
    void ofAStructuredLogTheFaultsAreLeftInWords() throws IOException {
        LogTail log = log(
                "{\"level\":\"INFO\",\"message\":\"Started\"}",
                "{\"level\":\"ERROR\",\"message\":\"Application run failed\",\"stack_trace\":\"a.B: b\\n\\tat c\\n"
                        + "Caused by: d.E: middle\\n\\tat f\\nCaused by: g.H: the disk is full\\n\\tat i\"}",
                "Exception in thread \"main\"");
        assertThat(log.inWords())
                .isEqualTo("  ERROR Application run failed (g.H: the disk is full)\nException in thread \"main\"");
    }

    @Test
    void aMissingLogIsSaid() {
        assertThat(LogTail.of(directory.resolve("nothing")).inWords()).contains("can't be read");
    }
}
