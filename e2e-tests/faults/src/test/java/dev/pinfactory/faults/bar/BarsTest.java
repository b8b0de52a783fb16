package dev.pinfactory.faults.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @ParameterizedTest
    @MethodSource("bars")
    void holds(Bar bar) throws Exception {
        BarRunner.Verdict verdict =
                runner(bar).run(Form.SHORT, new Report(folder, "reliability", bar), Duration.ofMinutes(5));
        assertThat(verdict).as(bar.title()).isEqualTo(BarRunner.Verdict.HOLDS);
    }

    @ParameterizedTest
    @MethodSource("bars")
    void findsItsSeededBug(Bar bar) throws Exception {
        assertThat(runner(bar).turnsRed()).as(bar.sabotage()).isTrue();
    }

    private static BarRunner runner(Bar bar) {
        return new BarRunner(bar, System.out::println);
    }
}
