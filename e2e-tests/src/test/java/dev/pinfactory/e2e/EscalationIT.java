package dev.pinfactory.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Attempt;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Source;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One step of a plan is taken over by a language model, which is a specialist by files alone: those of {@code examples/language-models}. */
@ExtendWith(UpSwarm.Shared.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EscalationIT {
    private static final String PATH = "/v1/chat/completions";
    private static final String TASK = "examples/escalation.yaml";
    private static final String STAND_IN = "sentiment-llm";
    private static final String POSITIVE = "{\"sentiment\": \"positive\", \"unsure\": false, \"confidence\": 0.95}";
    private static final int PARTIAL = 3;

    private static final WireMockServer MODEL =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

    private static Command.Running adapter;

    @TempDir
    Path folder;

    @BeforeAll
    static void serve(UpSwarm swarm) {
        MODEL.start();
        MODEL.stubFor(get(urlEqualTo("/v1/models")).willReturn(aResponse().withBody("{\"data\": []}")));
        Path jar = Root.resolve("specialists/adapters/target/pinfactory-specialists-adapters-0.1.0-exec.jar");
        adapter = Command.of(
                        Root.java(),
                        "-jar",
                        jar.toString(),
                        "--pinfactory.data-dir=" + swarm.data(),
                        "--pinfactory.adapters.directory=" + Root.resolve("examples/language-models"))
                .with("LLM_BASE_URL", MODEL.baseUrl() + "/v1")
                .with("LLM_MODEL", "small-7b")
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> swarm.pin("specialists").run().out().contains(STAND_IN));
    }

    @AfterAll
    static void end() {
        adapter.close();
        MODEL.stop();
    }

    @BeforeEach
    void positive() {
        says(LanguageModelAnswers.VLLM, POSITIVE);
        MODEL.resetRequests();
    }

    private static void says(LanguageModelAnswers server, String content) {
        MODEL.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(server.says(content))));
    }

    private static TaskResult run(UpSwarm swarm, String task, int exitCode) {
        Command.Answer answer = swarm.pin("run", "--json", task).run();
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(exitCode);
        return UpSwarm.result(answer.out());
    }

    /** The example with other words in it. */
    private String changed(String words, String others) throws IOException {
        return changed(Map.of(words, others));
    }

    private String changed(Map<String, String> others) throws IOException {
        String task = Files.readString(Root.resolve(TASK));
        for (Map.Entry<String, String> change : others.entrySet()) {
            assertThat(task).contains(change.getKey());
            task = task.replace(change.getKey(), change.getValue());
        }
        return Files.writeString(folder.resolve("task.yaml"), task).toString();
    }

    /** The example about another letter, with one more constraint. */
    private String about(String letter, String constraint) throws IOException {
        String task = Files.readString(Root.resolve(TASK));
        int text = task.indexOf("    text: |");
        String other = task.substring(0, text) + "    text: \"" + letter + "\"\n";
        return Files.writeString(
                        folder.resolve("task.yaml"),
                        other.replace("mayEscalate: true", "mayEscalate: true\n  " + constraint))
                .toString();
    }

    private static StepReport tone(TaskResult result) {
        return result.getStepsList().stream()
                .filter(step -> step.getStep().equals("sentiment"))
                .findFirst()
                .orElseThrow();
    }

    private static Value output(TaskResult result) {
        return result.getOutput().getStructValue().getFieldsOrThrow("sentiment");
    }

    private static String label(TaskResult result) {
        return output(result).getStructValue().getFieldsOrThrow("label").getStringValue();
    }

    private static void asked(int times) {
        MODEL.verify(times, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @EnumSource
    void theStepThatASpecialistAbstainsFromIsTakenOver(LanguageModelAnswers server, UpSwarm swarm) {
        says(server, POSITIVE);

        TaskResult result = run(swarm, TASK, 0);

        assertThat(result.getStatus()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(label(result)).isEqualTo("positive");
        assertThat(tone(result).getSpecialist()).isEqualTo(STAND_IN);
        assertThat(tone(result).getAttemptsList())
                .extracting(Attempt::getSpecialist, Attempt::getOutcome)
                .containsExactly(
                        tuple("sentiment", StepReport.Outcome.ABSTAINED),
                        tuple(STAND_IN, StepReport.Outcome.SUCCEEDED));
        // What the model states is capped by its mapping.
        assertThat(tone(result).getConfidence()).isEqualTo(0.8);
        asked(1);
        MODEL.verify(postRequestedFor(urlEqualTo(PATH)).withRequestBody(containing("excellent work so far")));
    }

    @Test
    void planProvenanceAndCostNameIt(UpSwarm swarm) {
        TaskResult result = run(swarm, TASK, 0);

        assertThat(result.getPlan().getPlanner()).isEqualTo(Plan.Planner.ENCODER);
        Step step = result.getPlan().getStepsList().stream()
                .filter(each -> each.getSpecialist().equals("sentiment"))
                .findFirst()
                .orElseThrow();
        assertThat(step.getFallbacksList()).extracting(Fallback::getSpecialist).containsExactly(STAND_IN);
        assertThat(result.getProvenanceOrThrow("/sentiment/label").getSourcesList())
                .extracting(Source::getSpecialist, Source::getVersion)
                .containsExactly(tuple(STAND_IN, "1.0.0"));
        assertThat(result.getCost().getLlmTokens()).isEqualTo(1_040);
        assertThat(result.getCost().getLlm().getValue()).isEqualTo("0.000232");
        assertThat(result.getCost().getLlm().getCurrency()).isEqualTo("EUR");
        assertThat(swarm.pin("plan", TASK).run().succeeded().out()).contains("else " + STAND_IN);
        assertThat(swarm.pin("run", TASK).run().succeeded().out()).contains("sentiment (" + STAND_IN + ") 1.0.0");
    }

    @Test
    void theStepThatASpecialistIsNotSureEnoughOfIsTakenOver(UpSwarm swarm) throws Exception {
        String unsure = "The parcel came on Tuesday. The box was open, but nothing was missing.";

        TaskResult result = run(swarm, about(unsure, "minFieldConfidence: 0.75"), 0);

        assertThat(tone(result).getAttemptsList())
                .extracting(Attempt::getSpecialist)
                .containsExactly("sentiment", STAND_IN);
        assertThat(tone(result).getSpecialist()).isEqualTo(STAND_IN);
        asked(1);

        assertThat(tone(run(swarm, about(unsure, "minFieldConfidence: 0.6"), 0)).getSpecialist())
                .isEqualTo("sentiment");
        asked(1);
    }

    @Test
    void whereTheSpecialistIsSureTheModelIsNotAsked(UpSwarm swarm) throws Exception {
        TaskResult result = run(swarm, about("The food was awful and the waiter rude.", "allowPartial: true"), 0);

        assertThat(label(result)).isEqualTo("negative");
        assertThat(tone(result).getSpecialist()).isEqualTo("sentiment");
        asked(0);
    }

    @Test
    void aTaskThatMayNotEscalateKeepsItsHole(UpSwarm swarm) throws Exception {
        TaskResult result = run(swarm, changed("mayEscalate: true", "mayEscalate: false"), PARTIAL);

        assertThat(tone(result).getOutcome()).isEqualTo(StepReport.Outcome.ABSTAINED);
        assertThat(result.getPlan().getStepsList())
                .allSatisfy(step -> assertThat(step.getFallbacksList()).isEmpty());
        asked(0);
    }

    @Test
    void aCeilingBelowWhatACallMayCostKeepsTheModelOut(UpSwarm swarm) throws Exception {
        TaskResult result = run(swarm, changed("\"0.05\"", "\"0.001\""), PARTIAL);

        assertThat(tone(result).getOutcome()).isEqualTo(StepReport.Outcome.ABSTAINED);
        assertThat(tone(result).getDetail()).contains(STAND_IN + " was not called: the task may spend 0.001 EUR");
        assertThat(result.getCost().getLlmTokens()).isZero();
        asked(0);
    }

    /** Its card says nothing of data that it may see. */
    @Test
    void aModelWithoutClearanceReadsWhatIsLeftOfThePersonalData(UpSwarm swarm) throws Exception {
        String personal = "dataClasses: [personal]\n    text: |";
        String alone = "mayEscalate: true\n  allowedSpecialists: [" + STAND_IN + "%s]";

        TaskResult result = run(
                swarm, changed(Map.of("text: |", personal, "mayEscalate: true", alone.formatted(", pii-redact"))), 0);

        assertThat(result.getPlan().getStepsList())
                .extracting(Step::getSpecialist, Step::getInserted)
                .containsExactly(tuple("pii-redact", true), tuple(STAND_IN, false));
        assertThat(label(result)).isEqualTo("positive");
        MODEL.verify(
                1,
                postRequestedFor(urlEqualTo(PATH))
                        .withRequestBody(containing("excellent work so far"))
                        .withRequestBody(containing("[PERSON]"))
                        .withRequestBody(notContaining("claire.dubois"))
                        .withRequestBody(notContaining("Laurent")));

        String nobodyRedacts = changed(Map.of("text: |", personal, "mayEscalate: true", alone.formatted("")));
        Command.Answer refused = swarm.pin("run", nobodyRedacts).run();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out()).contains(STAND_IN + "' may not see data of class [personal]");
        asked(1);
    }

    @Test
    void aLabelThatIsNoneIsAHoleThatWasPaidFor(UpSwarm swarm) {
        says(LanguageModelAnswers.VLLM, "{\"sentiment\": \"signed\", \"unsure\": false, \"confidence\": 1}");

        TaskResult result = run(swarm, TASK, PARTIAL);

        assertThat(tone(result).getOutcome()).isEqualTo(StepReport.Outcome.ABSTAINED);
        assertThat(result.toString()).doesNotContain("signed\"");
        assertThat(result.getCost().getLlmTokens()).isEqualTo(1_040);
    }

    /** Last, because the orchestrator then calls the adapter no more for some seconds. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aServerThatFailsIsAHole(UpSwarm swarm) {
        MODEL.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse().withStatus(500).withBody("{\"error\": {\"message\": \"secret\"}}")));

        TaskResult result = run(swarm, TASK, PARTIAL);

        assertThat(tone(result).getAttemptsList())
                .extracting(Attempt::getSpecialist)
                .contains("sentiment", STAND_IN);
        assertThat(result.toString()).doesNotContain("secret");
    }
}
