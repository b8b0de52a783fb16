package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.json;
import static dev.pinfactory.router.llm.TestingModel.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.pinfactory.chat.ChatServer;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The dialect of Ollama's OpenAI endpoint, after {@code ToChatCompletion}, {@code FromChatRequest} and {@code NewError} of its {@code openai/openai.go}
 * (0.12 to 0.33; schemas since 0.5), its page "Context length", and its issues 5370 (a cached prompt counts 0 tokens), 10368 and 17889 (a long prompt is
 * cut, or refused with 400, by the model's engine), 4144 (503 for a full queue) and 6092 (a model that loads too long).
 */
final class OllamaDialectTest extends LlmDialectContract {
    @Override
    Set<String> ownFields() {
        return Set.of("reasoning", "reasoning_effort");
    }

    private static ResponseDefinitionBuilder completion(String message, String finish, int promptTokens) {
        return json("""
                {"id": "chatcmpl-613", "object": "chat.completion", "created": 1763800000, "model": "freight-7b", "system_fingerprint": "fp_ollama",
                 "choices": [{"index": 0, "message": {"role": "assistant", %s}, "finish_reason": "%s"}],
                 "usage": {"prompt_tokens": %d, "completion_tokens": 312, "total_tokens": %d}}
                """.formatted(message, finish, promptTokens, promptTokens + 312));
    }

    @Override
    ResponseDefinitionBuilder answer(String content) {
        return completion("\"content\": " + quoted(content), "stop", 1_893);
    }

    @Override
    ResponseDefinitionBuilder answer(String thoughts, String content) {
        return completion("\"content\": " + quoted(content) + ", \"reasoning\": " + quoted(thoughts), "stop", 1_893);
    }

    @Override
    ResponseDefinitionBuilder cutOff(String content) {
        return completion("\"content\": " + quoted(content), "length", 1_893);
    }

    @Override
    ResponseDefinitionBuilder uncounted(String content) {
        return completion("\"content\": " + quoted(content), "stop", 0);
    }

    @Override
    ResponseDefinitionBuilder noModel() {
        return error(404, """
                {"error": {"message": "model 'freight-7b' not found", "type": "not_found_error", "param": null, "code": null}}""");
    }

    /** From 0.30 on, for models that its llama-server runs. */
    @Override
    ResponseDefinitionBuilder tooLong() {
        return error(400, """
                {"error": {"message": "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it",
                 "type": "invalid_request_error", "param": null, "code": null}}""");
    }

    private static List<String> logged(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(LlmPlanner.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            work.run();
        } finally {
            logger.detachAppender(log);
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Other engines of it cut the prompt to half of their context without a word; only the count tells. */
    @Test
    void aPromptThatWasCutIsNoticedByItsCount() {
        assertThat(logged(() -> planned(plan(completion("\"content\": " + quoted(Freight.PLAN), "stop", 130)))))
                .anySatisfy(line -> assertThat(line).contains("counts 130 tokens", "longer context"));
        assertThat(logged(() -> planned(plan(answer(Freight.PLAN)))))
                .noneMatch(line -> line.contains("longer context"));
    }

    /** What is left of a prompt may lack the user's message, and then its template complains. */
    @Test
    void aPromptThatWasCutTooFarIsSaid() {
        refused(plan(error(500, """
                        {"error": {"message": "no user query found in messages", "type": "api_error", "param": null, "code": null}}""")), "status 500 (api_error)", "longer than its context");
    }

    /** It answers late then, and nothing before: what the call may take has to be enough for it. */
    @Test
    void whileItLoadsItLetsUsWait() {
        planned(waiting(Duration.ofSeconds(20), answer(Freight.PLAN).withFixedDelay(700)));
        assertThat(waiting(Duration.ofMillis(300), answer(Freight.PLAN).withFixedDelay(700)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().getMessage()).contains("within 300 ms"));
    }

    private static PlanOutcome waiting(Duration atMost, ResponseDefinitionBuilder answer) {
        model.answers(answer);
        ChatServer usual = model.settings().server();
        ChatServer server = new ChatServer(
                usual.baseUrl(),
                usual.apiKeyHeader(),
                usual.apiKey(),
                usual.connectTimeout(),
                atMost,
                usual.maxResponseBytes(),
                usual.maxConcurrent());
        return TestingModel.plan(model.settings().withServer(server), Freight.request());
    }

    @Test
    void aModelThatLoadsTooLongIsSaid() {
        refused(plan(error(500, """
                        {"error": {"message": "timed out waiting for llama runner to start - progress 1.00 - ", "type": "api_error",
                         "param": null, "code": null}}""")), "still being loaded");
    }

    @Test
    void aFullQueueIsSaid() {
        refused(plan(error(503, """
                        {"error": {"message": "server busy, please try again.  maximum pending requests exceeded", "type": "api_error",
                         "param": null, "code": null}}""")), "status 503 (api_error)", "too much to do");
    }

    @Test
    void aWrongAddressIsSaid() {
        refused(plan(error(404, "404 page not found")), "status 404", "base-url");
    }
}
