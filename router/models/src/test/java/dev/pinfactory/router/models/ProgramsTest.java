package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.evaluation.EvaluateRouter;
import dev.pinfactory.router.planner.Understanding;
import dev.pinfactory.router.planner.ground.CardScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The programs behind {@code pin eval router} and {@code pin fit router}, on files. */
class ProgramsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CARDS = """
            [{"id": "weigh", "desc": "Weighs a crate.", "input_types": ["image"], "output_types": ["text"]},
             {"id": "label", "desc": "Prints a label.", "input_types": ["text"], "output_types": ["image"]},
             {"id": "book", "desc": "Books a truck.", "input_types": ["text"], "output_types": ["text"]}]
            """;
    private static final List<String> WORDS = List.of("blue-sheet", "red-flag", "long-haul");
    private static final List<String> TOOLS = List.of("weigh", "label", "book");

    @TempDir
    private Path folder;

    private Path cards;
    private Path requests;

    @BeforeEach
    void write() throws IOException {
        cards = Files.writeString(folder.resolve("tools.json"), CARDS);
        List<String> lines = new ArrayList<>();
        for (int job = 0; job < 20; job++) {
            for (int word = 0; word < WORDS.size(); word++) {
                String text = job % 2 == 0 ? "Do the %s for job %d." : "The customer of job %2$d asks for a %1$s.";
                lines.add(
                        "{\"id\": \"%d-%d\", \"request\": \"%s\", \"nodes\": [{\"tool\": \"%s\", \"args\": []}], \"links\": []}"
                                .formatted(job, word, text.formatted(WORDS.get(word), job), TOOLS.get(word)));
            }
        }
        requests = Files.write(folder.resolve("requests.jsonl"), lines);
    }

    private Path evaluate(String name, Path labelled, String... more) {
        Path predictions = folder.resolve(name);
        List<String> line = new ArrayList<>(List.of(
                "--cards", cards.toString(),
                "--requests", labelled.toString(),
                "--predictions", predictions.toString()));
        line.addAll(List.of(more));
        EvaluateRouter.main(line.toArray(String[]::new));
        return predictions;
    }

    @Test
    void predictionsAreTheSameWithoutLabels() throws IOException {
        List<String> bare = new ArrayList<>();
        for (String line : Files.readAllLines(requests)) {
            JsonNode node = JSON.readTree(line);
            bare.add(JSON.writeValueAsString(java.util.Map.of(
                    "id", node.path("id").asString(),
                    "request", node.path("request").asString())));
        }
        Path stripped = Files.write(folder.resolve("bare.jsonl"), bare);
        assertThat(evaluate("a.jsonl", requests)).hasSameTextualContentAs(evaluate("b.jsonl", stripped));
    }

    @Test
    void figuresAreWritten() throws IOException {
        Path json = folder.resolve("figures.json");
        evaluate("a.jsonl", requests, "--no-refusal", "--json", json.toString());
        JsonNode figures = JSON.readTree(Files.readString(json));
        assertThat(figures.path("n").asInt()).isEqualTo(60);
        assertThat(figures.path("nodeF1").path("n").asInt()).isEqualTo(60);
        assertThat(figures.path("exact").path("high").asDouble()).isBetween(0.0, 100.0);
        assertThat(figures.path("latencyMs").path("p50").asDouble()).isPositive();
        JsonNode prediction =
                JSON.readTree(Files.readAllLines(folder.resolve("a.jsonl")).getFirst());
        assertThat(prediction.path("nodes").isEmpty()).isFalse();
        assertThat(prediction.path("confidence").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void aFittedRouterIsWrittenAndKnowsTheHousesWords() throws IOException {
        Path out = folder.resolve("fitted");
        FitRouter.main(
                new String[] {"--cards", cards.toString(), "--examples", requests.toString(), "--out", out.toString()});
        RouterModels fitted = RouterModels.read(out, SentenceEncoder.shared());
        Contracts contracts = Contracts.of(
                CardReader.read(cards).stream().map(Card::getContract).toList());
        for (int word = 0; word < WORDS.size(); word++) {
            Understanding understood = Understanding.of(
                    "The customer of job 99 asks for a %s.".formatted(WORDS.get(word)),
                    contracts,
                    fitted.plannerModels());
            assertThat(understood.selection().chosen())
                    .extracting(CardScore::contract)
                    .extracting(Contract::getId)
                    .containsExactly(TOOLS.get(word));
        }
        assertThat(Files.readString(out.resolve("lineage.json"))).contains("\"examples\" : 60", "nodeF1");
    }
}
