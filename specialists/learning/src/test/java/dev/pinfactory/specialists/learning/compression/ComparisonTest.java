package dev.pinfactory.specialists.learning.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void aDifferenceOnTheSameTextsIsSurerThanTheFiguresThemselves() {
        // The first is right on 60 of 100, the second on the same but five.
        Comparison comparison = Comparison.of("first", "second", 100, rightBelow(60), rightBelow(55));
        assertThat(comparison.difference().value()).isEqualTo(0.05, within(1e-9));
        assertThat(comparison.difference().low()).isPositive();
        assertThat(comparison.p()).isLessThan(0.025);
    }

    @Test
    void equalsAreNotBetter() {
        assertThat(Comparison.of("first", "second", 100, rightBelow(60), rightBelow(60))
                        .p())
                .isEqualTo(1);
    }

    @Test
    void whatHasNotBeenAddedCantBeCompared() {
        Scoreboard scores = new Scoreboard("accuracy", List.of("a"));
        scores.add("one", Contender.Role.STUDENT, new Scoreboard.Weight(1, 0), draw -> 1, text -> {});
        assertThatThrownBy(() -> scores.compare("one", "two")).hasMessageContaining("'two' has not been added");
    }

    private static ToDoubleFunction<int[]> rightBelow(int end) {
        return draw -> (double) Arrays.stream(draw).filter(i -> i < end).count() / draw.length;
    }
}
