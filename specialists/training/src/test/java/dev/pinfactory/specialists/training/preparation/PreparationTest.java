package dev.pinfactory.specialists.training.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.specialists.training.preparation.Prepared.Reason;
import dev.pinfactory.specialists.training.store.Example;
import dev.pinfactory.specialists.training.store.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final PreparationSettings ALL = new PreparationSettings(2, 0, 0);
    private static final List<String> THINGS =
            List.of("card", "loan", "pension", "cheque", "mortgage", "transfer", "statement", "refund");

    private final List<Example> examples = new ArrayList<>();

    private Example add(Origin origin, String text, String label) {
        Example example = new Example(examples.size() + 1L, "acme", Instant.EPOCH, origin, text, label);
        examples.add(example);
        return example;
    }

    private Prepared prepared(Example... benchmark) {
        return Preparation.of(examples, List.of(benchmark), ALL);
    }

    private static Example asked(String text) {
        return new Example(1_000, "acme", Instant.EPOCH, Origin.BASE, text, "a");
    }

    @Test
    void aTextIsLearntOnceAsItWasSaidLast() {
        add(Origin.BASE, "where is my card", "a");
        Example last = add(Origin.STREAM, "Where is  my CARD", "a");
        Example other = add(Origin.BASE, "close the account of my late aunt", "a");
        assertThat(prepared().learnt()).containsExactly(last, other);
        assertThat(prepared().leftOut()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    }

    @Test
    void thePeoplesWordCountsMoreThanTheFirstData() {
        add(Origin.BASE, "where is my card", "a");
        add(Origin.BASE, "where is my card", "a");
        Example corrected = add(Origin.CORRECTED, "where is my card", "b");
        Example other = add(Origin.BASE, "close the account of my late aunt", "b");
        assertThat(prepared().learnt()).containsExactly(corrected, other);
        assertThat(prepared().leftOut()).isEqualTo(Map.of(Reason.OUTVOTED, 2));
    }

    @Test
    void theMajorityOfPeopleCountsAndATieTeachesNothing() {
        add(Origin.CORRECTED, "where is my card", "b");
        Example second = add(Origin.CONFIRMED, "where is my card", "b");
        add(Origin.CORRECTED, "where is my card", "a");
        add(Origin.CORRECTED, "what does a loan cost me", "a");
        add(Origin.CORRECTED, "what does a loan cost me", "b");
        Example other = add(Origin.BASE, "close the account of my late aunt", "b");
        assertThat(prepared().learnt()).containsExactly(second, other);
        assertThat(prepared().leftOut())
                .isEqualTo(Map.of(Reason.OUTVOTED, 1, Reason.DUPLICATE, 1, Reason.CONTRADICTED, 2));
    }

    @Test
    void whatIsNearlyTheSameIsLearntOnceOfEachLabel() {
        String text = "my payment from last week to the water works of the town has still not arrived there";
        add(Origin.STREAM, text + " 17", "a");
        Example again = add(Origin.STREAM, text + " 18", "a");
        Example differs = add(Origin.STREAM, text + " at all", "b");
        Example other = add(Origin.STREAM, "close the account of my late aunt", "b");
        Example third = add(Origin.STREAM, "what does a loan cost me", "a");
        assertThat(prepared().learnt()).containsExactly(again, differs, other, third);
        assertThat(prepared().leftOut()).isEqualTo(Map.of(Reason.DUPLICATE, 1));
    }

    @Test
    void whatTheBenchmarkAsksIsNotLearnt() {
        add(Origin.STREAM, "Where is my card?", "a");
        add(Origin.STREAM, "where is my card", "a");
        Example left = add(Origin.STREAM, "close the account of my late aunt", "a");
        Example other = add(Origin.STREAM, "what does a loan cost me", "a");
        Prepared prepared = prepared(asked("where is my card?"));
        assertThat(prepared.learnt()).containsExactly(left, other);
        assertThat(prepared.leftOut()).containsEntry(Reason.IN_BENCHMARK, 2);
    }

    @Test
    void aLabelIsLearntWhenThereAreEnoughOfIt() {
        Example first = add(Origin.STREAM, "where is my card", "a");
        Example second = add(Origin.STREAM, "close the account of my late aunt", "a");
        add(Origin.STREAM, "what does a loan cost me", "b");
        assertThat(prepared().learnt()).containsExactly(first, second);
        assertThat(prepared().leftOut()).isEqualTo(Map.of(Reason.RARE_LABEL, 1));
    }

    private void addMany(int from, int to) {
        for (int i = from; i < to; i++) {
            String thing = THINGS.get(i % THINGS.size());
            add(i % 4 == 0 ? Origin.BASE : Origin.CORRECTED, thing + " number " + words(i), "l" + i % 2);
        }
    }

    /** Digits are alike to what looks for duplicates. */
    private static String words(int number) {
        StringBuilder words = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            words.append(' ').append((char) ('a' + digit - '0')).append('x');
        }
        return words.toString();
    }

    @Test
    void aShareOfTheRecentWindowIsHeldAndStaysHeldWhileItIsRecent() {
        PreparationSettings settings = new PreparationSettings(2, 300, 0.2);
        addMany(0, 1_000);
        Prepared before = Preparation.of(examples, List.of(), settings);
        assertThat(before.held()).hasSizeBetween(40, 80).allMatch(example -> example.origin() != Origin.BASE);
        assertThat(before.held()).allMatch(example -> example.id() > 590);
        addMany(1_000, 1_100);
        Prepared after = Preparation.of(examples, List.of(), settings);
        Set<Example> learntBefore = new HashSet<>(before.learnt());
        assertThat(after.held()).noneMatch(learntBefore::contains);
        assertThat(after.held().size() + after.learnt().size()).isEqualTo(1_100);
        Set<Example> heldAfter = new HashSet<>(after.held());
        assertThat(before.held().stream().filter(example -> example.id() > 710)).allMatch(heldAfter::contains);
    }

    @Test
    void settingsThatCannotBeAreNamed() {
        assertThatThrownBy(() -> new PreparationSettings(1, 0, 0)).hasMessage("leastOfLabel is 1, expected at least 2");
        assertThatThrownBy(() -> new PreparationSettings(2, 0, 1))
                .hasMessage("heldShare is 1.0, expected from 0 to below 1");
    }
}
