package dev.pinfactory.orchestrator.service.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StretchTest {
    private final Stretch stretch = new Stretch();

    private double stretch(String kind, long nanos, boolean crowded) {
        return Math.exp(stretch.logarithm(kind, nanos, crowded));
    }

    private void usually(String kind, long nanos, int times) {
        for (int i = 0; i < times; i++) {
            stretch(kind, nanos, false);
        }
    }

    @Test
    void aTaskIsComparedWithItsKind() {
        usually("a", 1_000, 30);
        usually("b", 50_000, 30);
        assertThat(stretch("a", 3_000, true)).isCloseTo(3, within(1e-9));
        assertThat(stretch("b", 50_000, true)).isCloseTo(1, within(1e-9));
    }

    @Test
    void aCrowdDoesNotChangeWhatIsUsual() {
        usually("a", 1_000, 30);
        for (int i = 0; i < 1_000; i++) {
            stretch("a", 9_000, true);
        }
        assertThat(stretch("a", 9_000, true)).isCloseTo(9, within(1e-9));
    }

    @Test
    void whatTakesLongerAmongFewIsUsualSoon() {
        usually("a", 1_000, 30);
        usually("a", 9_000, 300);
        assertThat(stretch("a", 9_000, true)).isCloseTo(1, within(0.1));
    }

    @Test
    void aNewKindIsUsualAtFirst() {
        assertThat(stretch("a", 9_000, true)).isEqualTo(1);
        assertThat(stretch("b", 0, true)).isEqualTo(1);
    }
}
