package dev.pinfactory.faults.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting, going on, and reporting, with a bar that does nothing. */
class ReportTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private BarRunner.Verdict run(Bar bar, Duration atMost) throws Exception {
        return new BarRunner(bar, said::add).run(Form.LONG, report(bar), atMost);
    }

    private Report report(Bar bar) {
        return new Report(folder.resolve("docs"), "testing", bar);
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("docs/T1.md"));
    }

    @Test
    void aBarThatHoldsSaysOfHowManyTriesAndWhatThatBounds() throws Exception {
        Bar bar = new TestingBar(3, 0, true, new ArrayList<>());
        assertThat(run(bar, Duration.ofMinutes(1))).isEqualTo(BarRunner.Verdict.HOLDS);
        assertThat(page()).contains("| long | 1 times | 300 | 0 | 0.99 % |", "nothing breaks", "--sabotage");
    }

    @Test
    void countsAddUpOverCalls() throws Exception {
        Bar bar = new TestingBar(3, 0, true, new ArrayList<>());
        run(bar, Duration.ofMinutes(1));
        run(bar, Duration.ofMinutes(1));
        assertThat(page()).contains("| long | 2 times | 600 | 0 | 0.50 % |");
    }

    @Test
    void whatTheTriesWereSpentOnAddsUpOverCalls() throws Exception {
        Bar bar = new TestingBar(3, 0, true, new ArrayList<>());
        run(bar, Duration.ofMinutes(1));
        run(bar, Duration.ofMinutes(1));
        assertThat(page()).contains("Of the long form: left 360, right 240.");
    }

    @Test
    void whatTheTimeDidNotAllowIsDoneByTheNextCall() throws Exception {
        List<Long> seeds = new ArrayList<>();
        Bar bar = new TestingBar(3, 0, true, seeds);
        assertThat(run(bar, Duration.ofNanos(-1))).isEqualTo(BarRunner.Verdict.UNFINISHED);
        report(bar).write(Form.LONG, new Tally(2, 0, 200, 0, "", "", Map.of()));
        assertThat(run(bar, Duration.ofMinutes(1))).isEqualTo(BarRunner.Verdict.HOLDS);
        assertThat(seeds).hasSize(1);
        assertThat(page()).contains("| 300 | 0 |");
    }

    @Test
    void aFailureBreaksTheBarAndStaysInItsCounts() throws Exception {
        Bar bar = new TestingBar(3, 2, true, new ArrayList<>());
        assertThat(run(bar, Duration.ofMinutes(1))).isEqualTo(BarRunner.Verdict.BROKEN);
        assertThat(page()).contains("and 2 of 3 rounds | 200 | 1 | 2.3 % |", "it broke");
        assertThat(run(bar, Duration.ofMinutes(1))).isEqualTo(BarRunner.Verdict.HOLDS);
        assertThat(page()).contains("| 300 | 1 |");
    }

    @Test
    void aBarThatDoesNotFindItsSeededBugIsVoid() throws Exception {
        assertThat(new BarRunner(new TestingBar(2, 0, true, new ArrayList<>()), said::add).turnsRed())
                .isTrue();
        assertThat(new BarRunner(new TestingBar(2, 0, false, new ArrayList<>()), said::add).turnsRed())
                .isFalse();
        assertThat(said).anyMatch(line -> line.contains("VOID"));
        assertThat(folder.resolve("docs")).as("sabotage is not counted").doesNotExist();
    }
}
