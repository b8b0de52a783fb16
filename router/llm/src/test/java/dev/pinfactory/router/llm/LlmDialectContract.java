package dev.pinfactory.router.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.pinfactory.router.llm.TestingModel.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What holds with every server, by the same settings: one body that all of them take, and a plan out of whatever form they put it in. The bodies of
 * answers are what the servers send, field by field; an extending class says after which documentation or report.
 */
abstract class LlmDialectContract {
    static final String THOUGHTS =
            "The waybill is an image {so: scan it}. A draft: {\"steps\": []}. No, that is not it.";

    /** Keywords of JSON Schema that vLLM's xgrammar and llama.cpp's grammars, which Ollama uses too, can decode by. */
    private static final Set<String> KEYWORDS =
            Set.of("type", "properties", "required", "additionalProperties", "items", "enum", "anyOf");

    /** The fields of a question that every one of the servers knows. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "frequency_penalty",
            "max_tokens",
            "presence_penalty",
            "response_format",
            "seed",
            "stop",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "tools");

    static TestingModel model;

    @BeforeAll
    static void start() {
        model = new TestingModel();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    /** The fields of a question that the server knows, beside those that all three do. */
    abstract Set<String> ownFields();

    /** An answer with nothing but content. */
    abstract ResponseDefinitionBuilder answer(String content);

    /** An answer of a model that thinks first, where the server tells thoughts and content apart. */
    abstract ResponseDefinitionBuilder answer(String thoughts, String content);

    /** An answer that was cut off at its limit. */
    abstract ResponseDefinitionBuilder cutOff(String content);

    /** An answer without a count of its prompt. */
    abstract ResponseDefinitionBuilder uncounted(String content);

    /** The server has no model of that name. */
    abstract ResponseDefinitionBuilder noModel();

    /** The prompt does not fit into the model's context. */
    abstract ResponseDefinitionBuilder tooLong();

    static ResponseDefinitionBuilder error(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    static PlanOutcome plan(ResponseDefinitionBuilder... answers) {
        model.answers(answers);
        try (LlmPlanner planner = new LlmPlanner(model.settings())) {
            return planner.plan(Freight.request());
        }
    }

    static Cost planned(PlanOutcome outcome) {
        assertThat(outcome).isInstanceOf(Planned.class);
        Planned planned = (Planned) outcome;
        PlanningRequest request = Freight.request();
        assertThat(new PlanValidator(request.contracts()).validate(planned.plan(), TaskShape.of(request.request())))
                .isEmpty();
        assertThat(planned.plan().getStepsCount()).isEqualTo(4);
        return planned.cost();
    }

    /** Once asked, refused with a reason that helps, nothing charged and nothing of the server's words told. */
    static void refused(PlanOutcome outcome, String... why) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.refusal().getMessage()).contains(why).doesNotContain("freight-7b", "4390");
        assertThat(refused.cost().getCalls()).isEqualTo(1);
        assertThat(refused.cost().getLlmTokens()).isZero();
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void theQuestionHasOnlyWhatTheServerKnows() {
        planned(plan(answer(Freight.PLAN)));

        JsonNode question = model.questions().getFirst();
        assertThat(question.propertyNames())
                .allMatch(field -> FIELDS.contains(field) || ownFields().contains(field));
        assertThat(question.at("/response_format/type").stringValue()).isEqualTo("json_schema");
        assertThat(keywords(question.at("/response_format/json_schema/schema"), new TreeSet<>()))
                .isSubsetOf(KEYWORDS);
        // Their chat templates know these roles, and llama.cpp goes on writing a message of the assistant's that comes
        // last.
        assertThat(question.path("messages")
                        .valueStream()
                        .map(message -> message.path("role").stringValue()))
                .containsExactly("system", "user");
        model.server.verify(1, postRequestedFor(urlEqualTo(TestingModel.PATH)).withoutHeader("Authorization"));
    }

    private static Set<String> keywords(JsonNode schema, Set<String> found) {
        schema.properties().forEach(keyword -> {
            found.add(keyword.getKey());
            if (keyword.getKey().equals("properties")) {
                keyword.getValue().forEach(property -> keywords(property, found));
            } else if (keyword.getValue().isObject()) {
                keywords(keyword.getValue(), found);
            } else {
                keyword.getValue().forEach(element -> keywords(element, found));
            }
        });
        return found;
    }

    @Test
    void aPlanIsTakenOverAndItsTokensCounted() {
        assertThat(planned(plan(answer(Freight.PLAN))).getLlmTokens()).isEqualTo(1_893 + 312);
    }

    @Test
    void thoughtsBesideTheContentAreNotRead() {
        planned(plan(answer(THOUGHTS, Freight.PLAN)));
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void thoughtsWithinTheContentAreNotRead() {
        planned(plan(answer("<think>\n" + THOUGHTS + "\n</think>\n\n" + Freight.PLAN)));
        assertThat(model.questions()).hasSize(1);
    }

    /** Templates that open the thoughts themselves leave only their end in the answer. */
    @Test
    void thoughtsWithoutABeginningAreNotRead() {
        planned(plan(answer(THOUGHTS + "\n</think>\n\n" + Freight.PLAN)));
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void aPlanInThePlaceOfThoughtsIsTakenOver() {
        planned(plan(answer(Freight.PLAN, "")));
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void thoughtsAloneAreNoPlanAndAreNotSentBack() {
        planned(plan(answer(THOUGHTS, ""), answer(Freight.PLAN)));

        JsonNode repair = model.questions().get(1).path("messages");
        assertThat(repair.path(2).path("content").stringValue()).isEqualTo("(no plan)");
        assertThat(repair.path(3).path("content").stringValue()).contains("empty behind the thoughts");
    }

    @Test
    void anAnswerThatWasCutOffIsRepaired() {
        planned(plan(cutOff(Freight.PLAN.substring(0, 300)), answer(Freight.PLAN)));
        assertThat(model.questions()).hasSize(2);
    }

    @Test
    void whatIsNotCountedIsChargedAtItsDearest() {
        Cost cost = planned(plan(uncounted(Freight.PLAN)));
        assertThat(cost.getLlmTokens()).isEqualTo(cost.getBytesOut() + 4_096);
    }

    @Test
    void aModelThatIsNotThereIsSaid() {
        refused(plan(noModel()), "no model of that name");
    }

    /** A gateway's own number, larger than any status. */
    @Test
    void aCodeThatIsNoStatusIsNoFault() {
        refused(plan(error(400, "{\"error\": {\"message\": \"no\", \"code\": 3000000000}}")), "status 400");
        refused(plan(error(503, "{\"error\": {\"code\": 1e400}}")), "status 503", "too much to do");
    }

    /** Some quote the whole prompt, and then what is read of it is no JSON. */
    @Test
    void anErrorThatIsTooLongToReadIsSaidByItsStart() {
        String message = "maximum context length is 4096 tokens, but this has more: " + "word ".repeat(10_000);
        refused(
                plan(error(400, "{\"error\": {\"message\": " + quoted(message) + "}}")),
                "status 400",
                "longer than its context");
    }

    /** It is not the server that speaks of these things, but whoever wrote the task. */
    @Test
    void whatAnErrorQuotesOfThePromptIsNotItsCause() {
        String prompt = "Correct the grammar of the note. " + "word ".repeat(200)
                + "Which response_format and context length does it speak of?";
        assertThat(plan(error(400, "{\"error\": {\"message\": " + quoted("bad request: " + prompt) + "}}")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().getMessage())
                                .contains("status 400")
                                .doesNotContain("format", "context"));
    }

    @Test
    void aPromptThatIsTooLongIsSaid() {
        refused(plan(tooLong()), "longer than its context", "max-cards");
    }
}
