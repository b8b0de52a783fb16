package dev.pinfactory.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(out.toString()).contains("--all", "--out", "--seed", "--from", "--label", "--serve");
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString()).contains("specialists.d");
        assertThat(run("bench", "specialists", "--help")).isZero();
        assertThat(out.toString()).contains("--seconds", "--json", "taskset");
        assertThat(run("bench", "documents", "--help")).isZero();
        assertThat(out.toString()).contains("--data", "--callers");
    }

    @Test
    void whatCanNotBeMeasuredIsNamed(@TempDir Path empty) {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(err.toString()).contains("pin bench documents");
        assertThat(run("bench", "documents", "--data", empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has neither texts nor photos");
        assertThat(run("bench", "documents", "--data", empty.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no folder that can be read");
        assertThat(run("bench", "documents", "--seconds", "0")).isEqualTo(2);
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

    @Test
    void aFileToLearnFromWantsATypeAndAName() {
        assertThat(run("train", "specialist", "--from", "data.csv", "--name", "mine"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--type=TYPE");
        assertThat(run("train", "specialist", "intent", "--from", "data.csv", "--type", "score", "--name", "mine"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--name names it");
    }

    @Test
    void aNameThatTheInstallationHasIsRefusedBeforeTheTraining(@TempDir Path home) throws IOException {
        Path libraries = Files.createDirectories(home.resolve("orchestrator/standalone/target/lib"));
        Path jar = libraries.resolve("pinfactory-specialists-mood-0.1.0.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("mood/card.yaml"));
            out.write("""
                    contract:
                      id: mood
                      capability: classify.mood
                      summary: Tells the mood of a review.
                      description: Says whether a review is positive or negative.
                      inputs: [{name: text, type: text}]
                      outputs: [{name: mood, type: labels}]
                      kind: MODEL
                    version: {number: 1.0.0}
                    """.getBytes(StandardCharsets.UTF_8));
        }
        String before = System.getProperty("pinfactory.home");
        System.setProperty("pinfactory.home", home.toString());
        try {
            assertThat(run("train", "specialist", "--from", "data.csv", "--type", "classify", "--name", "mood"))
                    .isEqualTo(2);
        } finally {
            if (before == null) {
                System.clearProperty("pinfactory.home");
            } else {
                System.setProperty("pinfactory.home", before);
            }
        }
        assertThat(err.toString())
                .contains("--name is 'mood'", "pinfactory-specialists-mood-0.1.0.jar, mood/card.yaml", "another name");
    }

    @Test
    void aFolderWithoutACardIsNotServed(@TempDir Path directory) {
        assertThat(run("serve", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("has no card.yaml");
        assertThat(run("serve", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no directory");
    }

    private int run(String... arguments) {
        CommandLine pin = Pin.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return pin.execute(arguments);
    }
}
