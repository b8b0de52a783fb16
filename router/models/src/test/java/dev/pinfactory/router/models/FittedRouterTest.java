package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.FitTrainer.Fitted;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.Sketcher;
import dev.pinfactory.router.planner.Understanding;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.sketch.Sketch.Link;
import dev.pinfactory.router.planner.sketch.ToolGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
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

    private static final String TRANSLATE_THEN_CONDENSE =
            "Translate letter %d into German, then give me its key points.";
    private static final Link CONDENSED_FIRST = new Link("gist", "interpreter");
    private static final List<String> PLAIN = List.of(
            "Translate the letter into French.",
            "Is the parcel in the photo damaged?",
            "Find the tariff number of the goods.",
            "How urgent is this message?",
            "Give me the key points of the report.",
            "Which skills does the applicant have?",
            "Read carrier and weight from the waybill.",
            "Remove the name and the photo from the application.",
            "Turn the scanned page into text.",
            "Translate the report into Spanish.");

    private static List<String> tools;
    private static Fitted fitted;
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
        fitted = new FitTrainer(examples, 1, line -> {}).fit();
        heads = fitted.heads();
    }

    private static FitExample example(String text, Set<String> right) {
        return example(text, right, FREIGHT);
    }

    private static FitExample example(String text, Set<String> right, Contracts contracts) {
        Understanding understood = Understanding.of(text, contracts, BASE.plannerModels());
        return new FitExample(
                understood.interpretation(),
                understood.grounding(),
                BASE.vector(understood.interpretation()),
                right,
                Set.of());
    }

    private static Set<String> zeroShot(String text) {
        return ids(Understanding.of(text, FREIGHT, BASE.plannerModels()).selection());
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
    void examplesThatTeachSomethingNewAreTrusted() {
        assertThat(fitted.isBetter()).isTrue();
    }

    @Test
    void examplesThatTeachNothingNewAreNotTrusted() {
        List<FitExample> examples = new ArrayList<>();
        for (String sentence : PLAIN) {
            for (String frame : List.of("%s", "Good morning. %s", "%s Thanks in advance.")) {
                String text = frame.formatted(sentence);
                examples.add(example(text, zeroShot(text)));
            }
        }
        Fitted nothingNew = new FitTrainer(examples, 1, line -> {}).fit();
        assertThat(nothingNew.gain()).isNotPositive();
        assertThat(nothingNew.isBetter()).isFalse();
    }

    @Test
    void aHandfulOfExamplesIsNotTrustedHoweverWellItGoes() {
        List<FitExample> few = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            few.add(example(FRAMES.get(i / 4).formatted(SLANG.get(i % 4)), Set.of(tools.get(i % 4))));
        }
        assertThat(new FitTrainer(few, 1, line -> {}).fit().isBetter()).isFalse();
    }

    @Test
    void aCardThatIsRegisteredAfterTheFittingIsPlannedWith() {
        Contracts before = Contracts.of(FREIGHT.all().stream()
                .filter(contract -> !contract.getId().equals("interpreter"))
                .toList());
        List<FitExample> examples = new ArrayList<>();
        for (int word = 0; word < SLANG.size(); word++) {
            for (String frame : FRAMES) {
                examples.add(example(frame.formatted(SLANG.get(word)), Set.of(tools.get(word)), before));
            }
        }
        FittedHeads earlier = new FitTrainer(examples, 1, line -> {}).fit().heads();
        assertThat(chosen(earlier, "Translate the letter into French.")).containsExactly("interpreter");
    }

    @Test
    void examplesMayHaveBeenGroundedOverDifferentCards() {
        List<FitExample> examples = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            FitExample whole = example(FRAMES.get(i / 4).formatted(SLANG.get(i % 4)), Set.of(tools.get(i % 4)));
            examples.add(i == 0 ? whole.without(Set.of("interpreter", "urgency")) : whole);
        }
        FittedHeads some = new FitTrainer(examples, 1, line -> {}).fit().heads();
        assertThat(some.passedOver()).contains("interpreter", "urgency").doesNotContainAnyElementsOf(tools);
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
        new FitTrainer(examples, 3, line -> {}).fit().heads().write(first);
        new FitTrainer(examples, 3, line -> {}).fit().heads().write(second);
        assertThat(second.toByteArray()).isEqualTo(first.toByteArray());
    }

    @Test
    void aHousesOwnOrderIsLearnedAndKept() throws IOException {
        List<FitExample> examples = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            FitExample unlinked = example(TRANSLATE_THEN_CONDENSE.formatted(i), Set.of("gist", "interpreter"));
            examples.add(new FitExample(
                    unlinked.read(),
                    unlinked.grounding(),
                    unlinked.vector(),
                    unlinked.tools(),
                    Set.of(CONDENSED_FIRST)));
        }
        FittedHeads unlinked = new FitTrainer(examples, 1, line -> {}).fit().heads();
        FittedHeads linked = unlinked.with(new FitLinks(ToolGraph.UNKNOWN, BASE.links()).fit(examples, unlinked));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        linked.write(bytes);
        FittedHeads read = FittedHeads.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(links(BASE.with(unlinked))).containsExactly(new Link("interpreter", "gist"));
        assertThat(links(BASE.with(linked))).containsExactly(CONDENSED_FIRST);
        assertThat(links(BASE.with(read))).containsExactly(CONDENSED_FIRST);
    }

    private static List<Link> links(RouterModels models) {
        return new Sketcher(models.plannerModels(), models.links())
                .sketch(TRANSLATE_THEN_CONDENSE.formatted(77), FREIGHT, ToolGraph.UNKNOWN)
                .links();
    }

    @Test
    void headsOfAnotherFormatAreRefusedWithAWordOfWhatToDo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(0x50464801);
            out.writeInt(29);
        }
        assertThatIOException()
                .isThrownBy(() -> FittedHeads.read(new ByteArrayInputStream(bytes.toByteArray())))
                .withMessageContaining("50464801")
                .withMessageContaining("fit the router again");
    }
}
