package dev.pinfactory.specialists.learning.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RewordingTest {
    private static final List<String> TEXTS =
            List.of("where is my new card", "the transfer has not arrived yet", "why was I charged a fee");

    @Test
    void nothingIsMadeTwiceOrIsThereAlready() {
        List<String> made = Rewording.of(TEXTS, 20, 42);
        assertThat(made).hasSizeGreaterThan(30).doesNotHaveDuplicates().doesNotContainAnyElementsOf(TEXTS);
    }

    @Test
    void allWordsAreOfTheTexts() {
        Set<String> words = TEXTS.stream()
                .flatMap(text -> List.of(text.split(" ")).stream())
                .collect(Collectors.toSet());
        assertThat(Rewording.of(TEXTS, 20, 42))
                .allSatisfy(text -> assertThat(words).containsAll(List.of(text.split(" "))));
    }

    @Test
    void theSameSeedMakesTheSameTexts() {
        assertThat(Rewording.of(TEXTS, 5, 1))
                .isEqualTo(Rewording.of(TEXTS, 5, 1))
                .isNotEqualTo(Rewording.of(TEXTS, 5, 2));
    }
}
