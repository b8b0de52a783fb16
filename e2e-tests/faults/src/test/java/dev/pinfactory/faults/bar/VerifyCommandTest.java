package dev.pinfactory.faults.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {
    @TempDir
    Path reports;

    private final List<Long> rounds = new ArrayList<>();

    private int verify(Bar bar, String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--reports", reports.toString()))
                .toArray(String[]::new);
        return new CommandLine(new VerifyCommand(Map.of("testing", List.of(bar)))).execute(all);
    }

    private Bar bar(int brokenRound, boolean sees) {
        return new TestingBar(3, brokenRound, sees, rounds);
    }

    @Test
    void allHold() {
        assertThat(verify(bar(0, true), "testing", "t1")).isZero();
        assertThat(rounds).hasSize(3);
    }

    @Test
    void oneIsBroken() {
        assertThat(verify(bar(2, true), "testing")).isEqualTo(1);
    }

    @Test
    void thereIsTimeForNothing() {
        assertThat(verify(bar(0, true), "testing", "--minutes", "0")).isEqualTo(3);
    }

    @Test
    void withItsSeededBugABarHasToTurnRed() {
        assertThat(verify(bar(0, true), "testing", "--sabotage")).isEqualTo(1);
        assertThat(verify(bar(0, false), "testing", "--sabotage")).isEqualTo(4);
    }

    @Test
    void whatDoesNotExistIsAMistakeInTheCommand() {
        assertThat(verify(bar(0, true), "other")).isEqualTo(2);
        assertThat(verify(bar(0, true), "testing", "T2")).isEqualTo(2);
        assertThat(verify(bar(0, true))).isEqualTo(2);
    }
}
