package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.message;
import static dev.pinfactory.router.llm.TestingModel.quoted;
import static dev.pinfactory.router.llm.TestingModel.says;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pinfactory.chat.ApiKey;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.PlanningRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

final class LlmPlannerTest {
    private static TestingModel model;

    @BeforeAll
    static void start() {
        model = new TestingModel();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    private static Plan planned(PlanOutcome outcome, PlanningRequest request) {
        assertThat(outcome).isInstanceOf(Planned.class);
        Plan plan = ((Planned) outcome).plan();
        assertThat(new PlanValidator(request.contracts()).validate(plan, TaskShape.of(request.request())))
                .isEmpty();
        return plan;
    }

    private static Refusal refusal(PlanOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).refusal();
    }

    @Test
    void aValidPlanIsTakenOver() {
        model.answers(says(Freight.PLAN));
        PlanningRequest request = Freight.request();

        Plan plan = planned(model.plan(request), request);

        assertThat(plan.getStepsList())
                .extracting(Step::getId)
                .containsExactly("waybill-scan", "notice-translate", "delay-hours", "claim-draft");
        assertThat(plan.getPlanner()).isEqualTo(Plan.Planner.LLM);
        assertThat(plan.getDigest()).isEqualTo(Digests.of(plan));
        assertThat(plan.getCatalogDigest()).isEqualTo(Freight.ALL.digest());
        assertThat(plan.getConfidence()).isEqualTo(0.75);
        assertThat(plan.getOutputList())
                .extracting(OutputMapping::getTarget)
                .containsExactlyInAnyOrder("/waybill-scan.out", "/notice-translate.out", "/claim-draft.out");
        Step claim = plan.getSteps(3);
        assertThat(claim.getWhen().getOutput().getStep()).isEqualTo("delay-hours");
        assertThat(claim.getWhen().getOperator()).isEqualTo(Condition.Operator.GREATER);
        assertThat(claim.getWhen().getValue().getNumberValue()).isEqualTo(48);
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void parametersAreSpansOfTheInstructionWithTheirNormalizers() {
        model.answers(says(Freight.PLAN));
        PlanningRequest request = Freight.request();

        Step claim = planned(model.plan(request), request).getSteps(3);

        List<InstructionSpan> spans = claim.getParametersList().stream()
                .map(parameter -> parameter.getSource().getInstruction())
                .toList();
        assertThat(spans)
                .extracting(InstructionSpan::getNormalizer)
                .containsExactly(InstructionSpan.Normalizer.AMOUNT, InstructionSpan.Normalizer.DATE);
        assertThat(spans)
                .extracting(span -> CodePoints.slice(Freight.INSTRUCTION, span.getStart(), span.getEnd())
                        .orElseThrow())
                .containsExactly("1,200 EUR", "3 May 2027");
    }

    @Test
    void fallbacksAreOfTheSameCapabilityWithLanguageModelsLast() {
        model.answers(says(Freight.PLAN));
        PlanningRequest request = Freight.request();

        Plan plan = planned(model.plan(request), request);

        assertThat(plan.getSteps(1).getFallbacksList())
                .extracting(Fallback::getSpecialist)
                .containsExactly("notice-translate-2", "notice-writer");
        assertThat(plan.getSteps(0).getFallbacksList()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void whatIsNoPlanEndsInARefusalAfterAtMostOneRepair(Misbehaviour misbehaviour) {
        model.answers(misbehaviour.answer);

        Refusal refusal = refusal(model.plan(Freight.request()));

        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
        assertThat(refusal.getMessage()).contains(misbehaviour.why).doesNotContain("secret prompt");
        assertThat(model.questions()).hasSize(misbehaviour.questions);
    }

    @ParameterizedTest
    @EnumSource(Misbehaviour.class)
    void whatCanBeRepairedIsRepairedOnce(Misbehaviour misbehaviour) {
        model.answers(misbehaviour.answer, says(Freight.PLAN));
        PlanningRequest request = Freight.request();

        PlanOutcome outcome = model.plan(request);

        if (misbehaviour.questions == 1) {
            assertThat(refusal(outcome).getMessage()).contains(misbehaviour.why);
            return;
        }
        assertThat(planned(outcome, request).getStepsCount()).isEqualTo(4);
        JsonNode repair = model.questions().get(1).path("messages");
        assertThat(repair.size()).isEqualTo(4);
        assertThat(repair.path(3).path("content").stringValue()).contains(misbehaviour.why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n%s\n```",
                "Here is the plan {as you wished}:\n%s\nDoes it help?",
                "<think>first {\"steps\": []}, no</think>%s",
                "%s%s"
            })
    void proseAndFencesAroundOnePlanDoNoHarm(String around) {
        model.answers(says(around.replace("%s", Freight.PLAN)));
        PlanningRequest request = Freight.request();

        assertThat(planned(model.plan(request), request).getStepsCount()).isEqualTo(4);
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void aToolCallWhoseArgumentsAreThePlanIsTakenForIt() {
        model.answers(message(
                "{\"content\": null, \"tool_calls\": [{\"function\": {\"name\": \"plan\", \"arguments\": "
                        + quoted(Freight.PLAN) + "}}]}",
                "tool_calls"));
        PlanningRequest request = Freight.request();

        assertThat(planned(model.plan(request), request).getStepsCount()).isEqualTo(4);
    }

    @Test
    void theRepairListsEveryRuleInTheModelsOwnNames() {
        model.answers(
                says(Freight.PLAN
                        .replace(
                                "\"port\": \"in\", \"from\": [\"input:notice\"]",
                                "\"port\": \"inn\", \"from\": [\"input:memo\"]")
                        .replace("\"German\"", "\"Klingon\"")),
                says(Freight.PLAN));
        PlanningRequest request = Freight.request();

        planned(model.plan(request), request);

        String complaint = model.questions()
                .get(1)
                .path("messages")
                .path(3)
                .path("content")
                .stringValue();
        assertThat(complaint)
                .contains("step 'b', inputs[inn]")
                .contains("step 'b', language: 'Klingon' does not stand in the instruction")
                .contains("Answer with the corrected JSON object");
    }

    @Test
    void slowTokensEndAtTheDeadline() {
        model.answers(says(Freight.PLAN).withChunkedDribbleDelay(20, 30_000));
        Instant start = Instant.now();
        PlanningRequest request =
                new PlanningRequest(Freight.task(Freight.INSTRUCTION).build(), Freight.ALL, start.plusMillis(700));

        Refusal refusal = refusal(model.plan(request));

        assertThat(refusal.getMessage()).contains("no complete answer within");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aServerThatDoesNotAnswerEndsAtTheRequestTimeout() {
        model.answers(says(Freight.PLAN).withFixedDelay(30_000));
        ChatServer server = new ChatServer(
                model.baseUrl(),
                "Authorization",
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                8_192,
                1);

        assertThat(refusal(TestingModel.plan(model.settings().withServer(server), Freight.request()))
                        .getMessage())
                .contains("within 500 ms");
    }

    @Test
    void aDeadlineThatHasPassedAsksNobody() {
        model.answers(says(Freight.PLAN));
        PlanningRequest late =
                new PlanningRequest(Freight.task(Freight.INSTRUCTION).build(), Freight.ALL, Instant.now());

        assertThat(refusal(model.plan(late)).getMessage()).contains("no time is left");
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsSaid() {
        LlmSettings nobody = LlmSettings.of(URI.create("http://127.0.0.1:1/v1"), "m");

        assertThat(refusal(TestingModel.plan(nobody, Freight.request())).getMessage())
                .contains("can't be reached");
    }

    @Test
    void whoMayNotEscalateIsPassedOn() {
        model.answers(says(Freight.PLAN));
        var task = Freight.task(Freight.INSTRUCTION);
        task.getConstraintsBuilder().setMayEscalate(false);

        assertThat(model.plan(Freight.request(task))).isInstanceOf(Passed.class);
        assertThat(model.questions()).isEmpty();
    }

    @Test
    void aSpecialistThatTheCallerExcludesIsNeitherShownNorTaken() {
        model.answers(says(Freight.PLAN));
        var task = Freight.task(Freight.INSTRUCTION);
        task.getConstraintsBuilder().addExcludedSpecialists("claim-draft");

        assertThat(refusal(model.plan(Freight.request(task))).getMessage()).contains("no specialist", "claim-draft");
        assertThat(model.questions().getFirst().toString()).doesNotContain("claim-draft");
    }

    @Test
    void whatNoSpecialistDoesIsNamed() {
        model.answers(says(
                "{\"steps\": [], \"not_possible\": [{\"quote\": \"draft a claim\", \"reason\": \"nobody writes\"}]}"));

        Refusal refusal = refusal(model.plan(Freight.request()));

        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.NO_SPECIALIST);
        assertThat(refusal.getUnmet(0).getText()).isEqualTo("draft a claim");
        assertThat(refusal.getUnmet(0).getSpan().getStart()).isEqualTo(Freight.INSTRUCTION.indexOf("draft a claim"));
    }

    @Test
    void anEmptyPlanIsNotUnderstood() {
        model.answers(says("{\"steps\": []}"));

        assertThat(refusal(model.plan(Freight.request())).getReason()).isEqualTo(Refusal.Reason.NOT_UNDERSTOOD);
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void moreRequestsThanItTakesAreRefusedAtOnce() throws Exception {
        model.answers(says(Freight.PLAN));
        ChatServer plain = model.settings().server();
        ChatServer one = new ChatServer(
                plain.baseUrl(),
                plain.apiKeyHeader(),
                Optional.empty(),
                plain.connectTimeout(),
                plain.requestTimeout(),
                plain.maxResponseBytes(),
                1);
        CountDownLatch busy = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        ShortLister waiting = (request, atMost) -> {
            busy.countDown();
            goOn.orTimeout(30, TimeUnit.SECONDS).join();
            return ShortLister.byWords().shortList(request, atMost);
        };
        try (LlmPlanner planner = new LlmPlanner(model.settings().withServer(one), waiting, Clock.systemUTC())) {
            CompletableFuture<PlanOutcome> first = CompletableFuture.supplyAsync(() -> planner.plan(Freight.request()));
            assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(refusal(planner.plan(Freight.request())).getMessage()).contains("as many requests");

            goOn.complete(null);
            assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(Planned.class);
            assertThat(planner.plan(Freight.request())).isInstanceOf(Planned.class);
        }
    }

    @Test
    void neitherKeyNorConversationIsLogged() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.pinfactory");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.ALL);
        logger.addAppender(log);
        ChatServer plain = model.settings().server();
        LlmSettings settings = model.settings()
                .withServer(new ChatServer(
                        plain.baseUrl(),
                        "Authorization",
                        Optional.of(new ApiKey("k-123-secret")),
                        plain.connectTimeout(),
                        plain.requestTimeout(),
                        plain.maxResponseBytes(),
                        1));
        try {
            for (Misbehaviour misbehaviour : Misbehaviour.values()) {
                model.answers(misbehaviour.answer, says(Freight.PLAN));
                TestingModel.plan(settings, Freight.request());
            }
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .doesNotContain("k-123-secret", "secret prompt", "waybill", "German"));
    }

    @Test
    void cancellingTheCallerHangsUp() throws Exception {
        model.answers(says(Freight.PLAN).withFixedDelay(30_000));
        CompletableFuture<PlanOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> outcome.complete(model.plan(Freight.request())));
        caller.interrupt();

        assertThat(refusal(outcome.get(10, TimeUnit.SECONDS)).getMessage()).contains("cancelled");
    }
}
