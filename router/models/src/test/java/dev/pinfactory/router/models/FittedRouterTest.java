package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.Understanding;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Selection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fitting to a house's own words, which its cards do not use. */
class FittedRouterTest {
    private static final RouterModels BASE = RouterModels.shipped(SentenceEncoder.shared());
    private static final Contracts FREIGHT = TestingLibraries.freight();
    private static final List<String> SLANG = List.of("blue-sheet", "red-flag", "quick-look", "long-haul");
    private static final List<String> FRAMES = List.of(
            "Please do a %s on this one",
            "%s for the attached, thanks",
            "I need the %s by noon",
            "Run the %s for job 17",
            "Can somebody do the usual %s here?",
            "The customer asks for a %s again");

    private static List<String> tools;
    private static FittedHeads heads;

    @BeforeAll
    static void fit() {
        tools = FREIGHT.all().stream()
                .map(Contract::getId)
                .sorted()
                .limit(SLANG.size())
                .toList();
        List<FitExample> examples = new ArrayList<>();
        for (int word = 0; word < SLANG.size(); word++) {
            for (String frame : FRAMES.subList(0, 5)) {
                examples.add(example(frame.formatted(SLANG.get(word)), Set.of(tools.get(word))));
            }
        }
        heads = new FitTrainer(examples, 1, line -> {}).fit();
    }

    private static FitExample example(String text, Set<String> right) {
        Understanding understood = Understanding.of(text, FREIGHT, BASE.plannerModels());
        return new FitExample(
                understood.interpretation(),
                understood.grounding(),
                BASE.vector(understood.interpretation()),
                right,
                Set.of());
    }

    private static Set<String> chosen(FittedHeads by, String text) {
        FitExample request = example(text, Set.of());
        return ids(by.select(request.read(), request.grounding(), request.vector()));
    }

    private static Set<String> ids(Selection selection) {
        return selection.chosen().stream()
                .map(CardScore::contract)
                .map(Contract::getId)
                .collect(Collectors.toSet());
    }

    @Test
    void aHousesOwnWordsAreLearned() {
        for (int word = 0; word < SLANG.size(); word++) {
            assertThat(chosen(heads, FRAMES.get(5).formatted(SLANG.get(word)))).containsExactly(tools.get(word));
        }
    }

    @Test
    void aFittedRouterIsTheSameAfterItWasWrittenAndRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        heads.write(bytes);
        FittedHeads read = FittedHeads.read(new ByteArrayInputStream(bytes.toByteArray()));
        for (String word : SLANG) {
            String text = FRAMES.get(5).formatted(word);
            assertThat(chosen(read, text)).isEqualTo(chosen(heads, text));
        }
    }

    @Test
    void thePlannerSelectsByTheFittedHeads() {
        PlannerModels fitted = BASE.with(heads).plannerModels();
        Understanding understood = Understanding.of(FRAMES.get(5).formatted(SLANG.getFirst()), FREIGHT, fitted);
        assertThat(ids(understood.selection())).containsExactly(tools.getFirst());
    }

    @Test
    void theSameExamplesAndSeedGiveTheSameBytes() throws IOException {
        List<FitExample> examples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            examples.add(example(
                    FRAMES.get(i % FRAMES.size()).formatted(SLANG.get(i % SLANG.size())),
                    Set.of(tools.get(i % SLANG.size()))));
        }
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        new FitTrainer(examples, 3, line -> {}).fit().write(first);
        new FitTrainer(examples, 3, line -> {}).fit().write(second);
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    }
}
