package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the commands that train and measure say before they start anything; the rest is tested where it is done. */
class WorkshopCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpTellsOfEveryOption() {
        assertThat(run("eval", "specialist", "--help")).isZero();
        assertThat(out.toString())
                .contains("--data", "--history", "--artifact", "--model", "--predictions", "--json", "95 %")
                .doesNotContain("%%");
        assertThat(run("train", "specialist", "--help")).isZero();
        assertThat(out.toString()).contains("--all", "--out", "--seed");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(run("eval", "specialist", "intent")).isEqualTo(2);
        assertThat(err.toString()).contains("--data=FILE");
        assertThat(run("eval")).isEqualTo(2);
        assertThat(err.toString()).contains("pin eval specialist NAME");
        assertThat(run("train", "specialist", "intent", "--depth", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--depth");
    }

    private int run(String... arguments) {
        CommandLine pin = Pin.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return pin.execute(arguments);
    }
}
