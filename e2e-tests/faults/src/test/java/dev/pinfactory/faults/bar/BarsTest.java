package dev.pinfactory.faults.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of every bar, and its negative control. */
@Tag("long")
class BarsTest {
    @TempDir
    Path folder;

    static Stream<Bar> bars() {
        return Bars.SUITES.values().stream().flatMap(List::stream);
    }

    /**
     * Beside a whole build on two cores, S1 at times loses an answer or finds the database slow, and R16 failed once; until it is known why, the two are run by command
     * alone.
     */
    static Stream<Bar> thatHold() {
        return bars().filter(bar -> !Set.of("S1", "R16").contains(bar.id()));
    }

    @ParameterizedTest
    @MethodSource("thatHold")
    void holds(Bar bar) throws Exception {
        List<String> said = new ArrayList<>();
        BarRunner.Verdict verdict =
                runner(bar, said).run(Form.SHORT, new Report(folder, "reliability", bar), Duration.ofMinutes(5));
        assertThat(verdict).as(String.join("\n", said)).isEqualTo(BarRunner.Verdict.HOLDS);
    }

    @ParameterizedTest
    @MethodSource("bars")
    void findsItsSeededBug(Bar bar) throws Exception {
        List<String> said = new ArrayList<>();
        assertThat(runner(bar, said).turnsRed())
                .as(() -> String.join("\n", said))
                .isTrue();
    }

    /** What it says goes to the output as it comes, and to the message of a failure. */
    private static BarRunner runner(Bar bar, List<String> said) {
        return new BarRunner(bar, line -> {
            System.out.println(line);
            said.add(line);
        });
    }
}
