package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CompressCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatToCompressHasToBeSaid() {
        assertThat(run("compress")).isEqualTo(2);
        assertThat(err.toString()).contains("pin compress specialist NAME");
        assertThat(run("compress", "specialist")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'NAME'");
    }

    @Test
    void helpNamesTheTeachersThereCanBe() {
        assertThat(run("compress", "specialist", "--help")).isZero();
        assertThat(out.toString()).contains("--teacher", "'shipped'", "HOST:PORT", "--unlabelled", "--html");
    }

    private int run(String... arguments) {
        return Pin.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
