package dev.pinfactory.specialists.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final Function<Integer, String> STRATUM = number -> number % 10 == 0 ? "rare" : "common";
    private static final List<Integer> NUMBERS = IntStream.range(0, 200).boxed().toList();

    @Test
    void holdsTheSameShareOfEachStratum() {
        Split<Integer> split = Split.stratified(NUMBERS, STRATUM, 0.2, 1);
        assertThat(split.held().stream().collect(Collectors.groupingBy(STRATUM, Collectors.counting())))
                .containsEntry("rare", 4L)
                .containsEntry("common", 36L);
        assertThat(split.train()).doesNotContainAnyElementsOf(split.held()).hasSize(160);
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertThat(Split.stratified(NUMBERS, STRATUM, 0.2, 1)).isEqualTo(Split.stratified(NUMBERS, STRATUM, 0.2, 1));
        assertThat(Split.stratified(NUMBERS, STRATUM, 0.2, 1)).isNotEqualTo(Split.stratified(NUMBERS, STRATUM, 0.2, 2));
    }

    @Test
    void foldsHoldEachItemOnce() {
        List<Integer> held = new ArrayList<>();
        for (Split<Integer> fold : Split.folds(NUMBERS, STRATUM, 5, 3)) {
            assertThat(fold.held()).hasSize(40);
            assertThat(fold.train()).hasSize(160).doesNotContainAnyElementsOf(fold.held());
            assertThat(fold.held().stream().filter(n -> STRATUM.apply(n).equals("rare")))
                    .hasSize(4);
            held.addAll(fold.held());
        }
        assertThat(held).containsExactlyInAnyOrderElementsOf(NUMBERS);
    }

    @Test
    void impossibleSharesAreRefused() {
        assertThatThrownBy(() -> Split.stratified(NUMBERS, STRATUM, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.folds(NUMBERS, STRATUM, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
