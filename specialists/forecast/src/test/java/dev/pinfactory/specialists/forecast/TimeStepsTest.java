package dev.pinfactory.specialists.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeStepsTest {
    @Test
    void goOnByHours() {
        assertThat(next("2026-03-14 22:00:00", "2026-03-14 23:00:00"))
                .containsExactly("2026-03-15T00:00:00", "2026-03-15T01:00:00");
    }

    @Test
    void goOnByMonthsOfAnyLength() {
        assertThat(next("2026-01-31", "2026-02-28", "2026-03-31")).containsExactly("2026-04-30", "2026-05-31");
    }

    @Test
    void thirtyDaysAreNoMonth() {
        assertThat(next("2026-04-01", "2026-05-01", "2026-05-31")).containsExactly("2026-06-30", "2026-07-30");
    }

    @Test
    void offsetsBecomeUtc() {
        assertThat(next("2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00")
                        .getFirst())
                .isEqualTo("2026-03-29T02:00:00Z");
    }

    @Test
    void unevenStepsAreNamedByTheirPlace() {
        assertThatThrownBy(() -> next("2026-03-14", "2026-03-15", "2026-03-18"))
                .hasMessageContaining("times[2] is 2026-03-18, expected 2026-03-16");
        assertThatThrownBy(() -> next("2026-03-14", "2026-03-14")).hasMessageContaining("times[1] is not after");
        assertThatThrownBy(() -> next("2026-03-14", "tomorrow")).hasMessageContaining("times[1] is no ISO 8601");
    }

    private static List<String> next(String... times) {
        return TimeSteps.of("times", List.of(times)).next(2);
    }
}
