package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.models.FitRouter;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanningRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A router that is fitted anew while it plans. */
class CurrentRouterTest {
    private static final Contracts CARDS = Contracts.of(
            card("weigher", "Reads weight and carrier from a waybill."),
            card("router-of-mail", "Says which department a letter is for."),
            card("stamp-reader", "Finds the date of a postmark."));

    /** What this house calls things; no card says so. */
    private static final List<String> HOUSE_WORDS = List.of("blue-sheet", "pigeonhole", "inkblot");

    private static final List<String> FRAMES = List.of(
            "Please do a %s on this one",
            "%s for the attached, thanks",
            "I need the %s by noon",
            "Run the %s for job 17",
            "The usual %s here",
            "Could we have the %s again?",
            "One more %s, quickly",
            "Start with the %s",
            "They ask for a %s",
            "A %s as always",
            "Make it a %s",
            "The %s is missing");

    @TempDir
    Path directory;

    private static Contract card(String id, String summary) {
        return Contract.newBuilder()
                .setId(id)
                .setSummary(summary)
                .addInputs(Port.newBuilder().setName("text").setType("text"))
                .addOutputs(Port.newBuilder().setName("fields").setType("fields"))
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .build();
    }

    private CurrentRouter router(Optional<Path> folder) {
        return new CurrentRouter(
                folder,
                Duration.ofMillis(20),
                SentenceEncoder.shared(),
                models -> new EncoderPlanner(models, Clock.systemUTC()),
                () -> CARDS);
    }

    private static List<String> steps(CurrentRouter router, String instruction) {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName("parcel").setType("text"))
                .build();
        return router.planner().plan(new PlanningRequest(request, CARDS, Instant.MAX)) instanceof Planned planned
                ? planned.plan().getStepsList().stream()
                        .map(Step::getSpecialist)
                        .toList()
                : List.of();
    }

    /** Fits to requests in which the word at a place means the card {@code shift} places on. */
    private void fit(Path out, int shift) throws IOException {
        List<String> lines = new ArrayList<>();
        List<Contract> cards = List.copyOf(CARDS.all());
        for (int word = 0; word < HOUSE_WORDS.size(); word++) {
            String tool = cards.get((word + shift) % cards.size()).getId();
            for (String frame : FRAMES) {
                lines.add(String.format(
                        Locale.ROOT,
                        "{\"id\": \"%d\", \"request\": \"%s\", \"nodes\": [{\"tool\": \"%s\"}], \"links\": []}",
                        lines.size(),
                        frame.formatted(HOUSE_WORDS.get(word)),
                        tool));
            }
        }
        Path examples = Files.write(directory.resolve("examples.jsonl"), lines);
        String json = cards.stream()
                .map(card ->
                        "{\"id\": \"%s\", \"desc\": \"%s\", \"input_types\": [\"text\"], \"output_types\": [\"text\"]}"
                                .formatted(card.getId(), card.getSummary()))
                .collect(Collectors.joining(", ", "[", "]"));
        Path file = Files.writeString(directory.resolve("cards.json"), json);
        FitRouter.main(
                new String[] {"--cards", file.toString(), "--examples", examples.toString(), "--out", out.toString()});
    }

    @Test
    void aRouterThatIsFittedAnewPlansWithoutARestart() throws Exception {
        Path folder = directory.resolve("fitted");
        fit(folder, 0);
        List<String> ids = CARDS.all().stream().map(Contract::getId).toList();
        try (CurrentRouter router = router(Optional.of(folder))) {
            assertThat(steps(router, "Please prepare the pigeonhole")).containsExactly(ids.get(1));
            fit(folder, 1);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(steps(router, "Please prepare the pigeonhole"))
                            .containsExactly(ids.get(2)));
        }
    }

    @Test
    void whatCanNotBeReadReplacesNothing() throws Exception {
        Path folder = directory.resolve("fitted");
        fit(folder, 0);
        try (CurrentRouter router = router(Optional.of(folder))) {
            String before = router.models().digest();
            Files.writeString(folder.resolve("heads.bin"), "half");
            Files.writeString(folder.resolve("lineage.json"), "{\"heads\": \"sha256:0\"}");
            await().atMost(Duration.ofSeconds(30)).until(router::lastFailure, failure -> !failure.isEmpty());
            assertThat(router.lastFailure()).contains("heads.bin is not the file that lineage.json tells of");
            assertThat(router.models().digest()).isEqualTo(before);

            fit(folder, 1);
            await().atMost(Duration.ofSeconds(30)).until(router::lastFailure, String::isEmpty);
            assertThat(router.models().digest()).isNotEqualTo(before);
        }
    }

    @Test
    void aFolderThatIsNoRouterStopsTheStart() {
        assertThatThrownBy(() -> router(Optional.of(directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pinfactory.router.models")
                .hasMessageContaining("pin fit router");
    }

    @Test
    void withoutAFolderTheShippedRouterPlans() {
        try (CurrentRouter router = router(Optional.empty())) {
            assertThat(steps(router, "How heavy is this shipment, says the waybill?"))
                    .containsExactly("weigher");
        }
    }
}
