package dev.pinfactory.specialists.workshop.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.specialists.learning.Split;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final String LONG =
            "the parcel that I have ordered two weeks ago has still not been delivered to my new address in the old town";

    @Test
    void textsThatDifferInCaseMarksOrDigitsAreTheSame() {
        assertThat(Duplicates.groups(List.of("Order 123 is late!", "something else", "order 987 is LATE")))
                .containsExactly(0, 1, 0);
    }

    @Test
    void codesThatDifferInDigitsAreNot() {
        assertThat(Duplicates.groups(List.of("error 404", "error 500", "Error 404")))
                .containsExactly(0, 1, 0);
    }

    @Test
    void longTextsThatDifferInAWordAreNearlyTheSame() {
        assertThat(Duplicates.groups(
                        List.of(LONG, LONG.replace("parcel", "package"), LONG.replace("ordered", "bought"))))
                .containsExactly(0, 0, 0);
    }

    @Test
    void shortTextsThatShareWordsAreNot() {
        assertThat(Duplicates.groups(List.of("my card is gone", "my card is blocked", "my card is here")))
                .containsExactly(0, 1, 2);
    }

    @Test
    void duplicatesNeverStandOnBothSides() {
        int[] groups = new int[200];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i / 3 * 3;
        }
        Split<Integer> split = GroupedSplit.of(groups, i -> i % 2 == 0 ? "a" : "b", 0.2, 42);
        Set<Integer> train = new HashSet<>();
        split.train().forEach(i -> train.add(groups[i]));
        assertThat(split.held()).isNotEmpty().noneMatch(i -> train.contains(groups[i]));
        assertThat(split.train().size() + split.held().size()).isEqualTo(groups.length);
    }
}
