package dev.pinfactory.router.service;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.registry.client.RegistryClient;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The router as it runs, with the shipped encoder, 32 specialists and a language model that it may ask. */
class EscalationTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_CARDS = 8;
    private static final WireMockServer MODEL =
            new WireMockServer(options().dynamicPort().http2PlainDisabled(true));

    private static final String PLAN = """
            {"steps": [{"name": "a", "specialist": "weigher", "inputs": [{"port": "text", "from": ["input:waybill"]}], "parameters": [],
              "for_each": null, "when": null, "deliver": true, "asked_by": "How heavy is it", "reason": "asked"}],
             "output": [], "not_possible": []}
            """;

    private static final Contract WEIGHER = specialist(
            "weigher", "Reads weight and carrier from a waybill.", "How heavy is this shipment?", "text", "fields");

    /** Nothing asks for it in words; a photo of a waybill needs it. */
    private static final Contract READER =
            specialist("image-reader", "Reads the words on an image.", "What does this image say?", "image", "text");

    @TempDir
    static Path directory;

    private static TestingRegistry registry;
    private static ConfigurableApplicationContext router;

    @BeforeAll
    static void start() throws Exception {
        MODEL.start();
        registry = new TestingRegistry("registry-e", catalogue());
        router = RouterApplication.builder()
                .run(
                        "--spring.grpc.server.inprocess.name=router-e",
                        "--pinfactory.router.registry-address=inprocess:registry-e",
                        "--pinfactory.data-dir=" + directory,
                        // All cards are new to the encoder, and the machine may be busy.
                        "--pinfactory.router.planning-time=25s",
                        "--pinfactory.router.llm.base-url=http://127.0.0.1:" + MODEL.port() + "/v1",
                        "--pinfactory.router.llm.model=freight-7b",
                        "--pinfactory.router.llm.max-cards=" + MAX_CARDS,
                        "--pinfactory.router.llm.prompt-price-per-1k=0.50",
                        "--pinfactory.router.llm.completion-price-per-1k=2.00",
                        "--pinfactory.router.llm.max-plan-cost=50");
        assertThat(router.getBean(RegistryClient.class).awaitFirst(Duration.ofSeconds(10)))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        router.close();
        registry.close();
        MODEL.stop();
    }

    private static Contract specialist(String id, String summary, String example, String in, String out) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability("do." + id)
                .setSummary(summary)
                .addExamples(example)
                .addInputs(Port.newBuilder().setName("text").setType(in))
                .addOutputs(Port.newBuilder().setName("result").setType(out))
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .build();
    }

    /** Others in plenty, all of which turn a text into a text. */
    private static List<Contract> catalogue() {
        List<Contract> all = new ArrayList<>(List.of(WEIGHER, READER));
        for (String thing : List.of("poem", "recipe", "contract", "song", "riddle")) {
            for (String work : List.of("shorten", "praise", "translate", "rhyme", "censor", "date")) {
                all.add(specialist(
                        work + "-" + thing,
                        "Can " + work + " a " + thing + ".",
                        work + " this " + thing,
                        "text",
                        "text"));
            }
        }
        return all;
    }

    /** No encoder is ever so sure. */
    private static PlanResponse plan(boolean mayEscalate) {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction("How heavy is it, and who carries it?")
                .addInputs(InputDescription.newBuilder().setName("waybill").setType("text"))
                .setConstraints(
                        Constraints.newBuilder().setMayEscalate(mayEscalate).setMinPlanConfidence(1))
                .build();
        ManagedChannel channel = InProcessChannelBuilder.forName("router-e").build();
        try {
            return RouterServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .plan(request);
        } finally {
            channel.shutdownNow();
        }
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        MODEL.resetAll();
        MODEL.stubFor(post(urlEqualTo(CHAT)).willReturn(answer.withHeader("Content-Type", "application/json")));
    }

    private static ResponseDefinitionBuilder says(String content) {
        return aResponse().withBody("""
                {"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                 "usage": {"prompt_tokens": 1500, "completion_tokens": 100}}
                """.formatted(JSON.writeValueAsString(content)));
    }

    @Test
    void theModelIsShownWhatTheEncoderFindsLikely() {
        answers(says(PLAN));

        assertThat(plan(true).getPlan().getPlanner()).isEqualTo(Plan.Planner.LLM);

        byte[] question =
                MODEL.findAll(postRequestedFor(urlEqualTo(CHAT))).getFirst().getBody();
        assertThat(question).hasSizeLessThan(12_000);
        assertThat(shown(question))
                .hasSizeLessThanOrEqualTo(MAX_CARDS)
                .startsWith("weigher")
                .contains("image-reader");
    }

    @Test
    void whatItCostsIsInTheAnswerAndInTheMetrics() {
        answers(says(PLAN));
        double calls = count("calls");
        double tokens = count("tokens");
        double money = count("cost");

        PlanResponse response = plan(true);

        assertThat(response.getCost().getLlmTokens()).isEqualTo(1_600);
        assertThat(response.getCost().getLlm().getValue()).isEqualTo("0.950000");
        assertThat(count("calls") - calls).isEqualTo(1);
        assertThat(count("tokens") - tokens).isEqualTo(1_600);
        assertThat(count("cost") - money).isCloseTo(0.95, within(1e-9));
    }

    private static List<String> shown(byte[] question) {
        String task =
                JSON.readTree(question).path("messages").path(1).path("content").stringValue();
        return JSON.readTree(task)
                .path("specialists")
                .valueStream()
                .map(card -> card.path("id").stringValue())
                .toList();
    }

    private static double count(String what) {
        Counter counter = router.getBean(MeterRegistry.class)
                .find("pinfactory.router.llm." + what)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void aModelThatIsNotReadyLeavesTheEncodersBestGuess() {
        answers(
                aResponse()
                        .withStatus(503)
                        .withBody(
                                "{\"error\": {\"code\": 503, \"message\": \"Loading model\", \"type\": \"unavailable_error\"}}"));
        double tokens = count("tokens");

        Refusal refusal = plan(true).getRefusal();

        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
        assertThat(refusal.getMessage()).contains("still being loaded");
        assertThat(refusal.getBestGuess().getStepsList())
                .anySatisfy(step -> assertThat(step.getSpecialist()).isEqualTo("weigher"));
        MODEL.verify(1, postRequestedFor(urlEqualTo(CHAT)));
        assertThat(count("tokens")).isEqualTo(tokens);
    }

    @Test
    void withoutLeaveNobodyIsAsked() {
        answers(says(PLAN));
        double calls = count("calls");

        assertThat(plan(false).hasRefusal()).isTrue();

        MODEL.verify(0, postRequestedFor(urlEqualTo(CHAT)));
        assertThat(count("calls")).isEqualTo(calls);
    }
}
