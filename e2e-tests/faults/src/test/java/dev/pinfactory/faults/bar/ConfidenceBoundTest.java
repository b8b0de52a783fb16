package dev.pinfactory.faults.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceBoundTest {
    /** Table values of the one-sided 95 % bound. */
    @ParameterizedTest
    @CsvSource({"10, 0, 0.2589", "50, 0, 0.0582", "300, 0, 0.00994", "10, 1, 0.3942", "20, 2, 0.2826", "100, 5, 0.1023"
    })
    void isTheOneOfTheTables(long tries, long failures, double bound) {
        assertThat(ConfidenceBound.upper(tries, failures)).isCloseTo(bound, within(0.0002));
    }

    @Test
    void nothingIsKnownWithoutTriesOrWhenAllFailed() {
        assertThat(ConfidenceBound.upper(0, 0)).isEqualTo(1);
        assertThat(ConfidenceBound.upper(5, 5)).isEqualTo(1);
    }

    @Test
    void aMillionTriesAreNotTooMany() {
        assertThat(ConfidenceBound.upper(1_000_000, 3)).isCloseTo(7.754e-6, within(1e-8));
    }
}
