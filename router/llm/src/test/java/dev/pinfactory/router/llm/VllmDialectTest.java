package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.json;
import static dev.pinfactory.router.llm.TestingModel.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * vLLM's dialect, after {@code ChatCompletionResponse} and {@code ErrorResponse} of its {@code vllm/entrypoints/openai} in 0.15, its page "Reasoning
 * Outputs" (0.26: thoughts are {@code reasoning}, before 0.11 {@code reasoning_content}), and its issues 3485 (no such model), 4667 and 20409 (older
 * words for a prompt that is too long) and 50948 (the constrained answer in {@code reasoning}). The newest words are from 0.16.
 */
final class VllmDialectTest extends LlmDialectContract {
    private static final String USAGE =
            "{\"prompt_tokens\": 1893, \"total_tokens\": 2205, \"completion_tokens\": 312, \"prompt_tokens_details\": null}";

    @Override
    Set<String> ownFields() {
        return Set.of(
                "max_completion_tokens",
                "tool_choice",
                "reasoning_effort",
                "structured_outputs",
                "chat_template_kwargs");
    }

    private static ResponseDefinitionBuilder completion(String message, String finish, String usage) {
        return json("""
                {"id": "chatcmpl-8e0d5a86d87f4e3c", "object": "chat.completion", "created": 1771200000, "model": "freight-7b",
                 "choices": [{"index": 0, "message": {"role": "assistant", "refusal": null, "annotations": null, "audio": null,
                   "function_call": null, "tool_calls": [], %s},
                   "logprobs": null, "finish_reason": "%s", "stop_reason": null, "token_ids": null}],
                 "service_tier": null, "system_fingerprint": null, "usage": %s, "prompt_logprobs": null, "prompt_token_ids": null,
                 "kv_transfer_params": null}
                """.formatted(message, finish, usage));
    }

    @Override
    ResponseDefinitionBuilder answer(String content) {
        return completion("\"content\": " + quoted(content) + ", \"reasoning\": null", "stop", USAGE);
    }

    @Override
    ResponseDefinitionBuilder answer(String thoughts, String content) {
        String written = content.isEmpty() ? "null" : quoted(content);
        return completion("\"content\": " + written + ", \"reasoning\": " + quoted(thoughts), "stop", USAGE);
    }

    @Override
    ResponseDefinitionBuilder cutOff(String content) {
        return completion("\"content\": " + quoted(content) + ", \"reasoning\": null", "length", USAGE);
    }

    @Override
    ResponseDefinitionBuilder uncounted(String content) {
        return completion("\"content\": " + quoted(content), "stop", "null");
    }

    @Override
    ResponseDefinitionBuilder noModel() {
        return error(404, """
                {"error": {"message": "The model `freight-7b` does not exist.", "type": "NotFoundError", "param": "model", "code": 404}}""");
    }

    @Override
    ResponseDefinitionBuilder tooLong() {
        return error(400, """
                {"error": {"message": "You passed 4390 input tokens and requested 4096 output tokens. However, the model's context length is only
                 4096 tokens, resulting in a maximum input length of 0 tokens. Please reduce the length of the input prompt.
                 (parameter=input_tokens, value=4390)", "type": "BadRequestError", "param": "input_tokens", "code": 400}}""".replace("\n", ""));
    }

    @Test
    void thoughtsOfOlderOnesAreNotReadEither() {
        planned(plan(completion(
                "\"content\": " + quoted(Freight.PLAN) + ", \"reasoning_content\": " + quoted(THOUGHTS),
                "stop",
                USAGE)));
        assertThat(model.questions()).hasSize(1);
    }

    @Test
    void errorsOfOlderOnesAreUnderstood() {
        refused(plan(error(404, """
                        {"object": "error", "message": "The model `freight-7b` does not exist.", "type": "NotFoundError",
                         "param": null, "code": 404}""")), "NotFoundError", "no model of that name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This model's maximum context length is 4096 tokens. However, you requested 8486 tokens (4390 in the messages, 4096 in the"
                        + " completion). Please reduce the length of the messages or completion.",
                "max_tokens must be at least 1, got -294."
            })
    void aPromptThatIsTooLongForOlderOnesIsSaid(String words) {
        refused(
                plan(error(
                        400,
                        "{\"object\": \"error\", \"message\": " + quoted(words)
                                + ", \"type\": \"BadRequestError\", \"param\": null, \"code\": 400}")),
                "BadRequestError",
                "longer than its context");
    }

    @Test
    void aWrongKeyIsSaid() {
        refused(plan(error(401, "{\"error\": \"Unauthorized\"}")), "status 401", "API key");
    }

    @Test
    void aWrongAddressIsSaid() {
        refused(plan(error(404, "{\"detail\": \"Not Found\"}")), "status 404", "base-url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The provided JSON schema contains features not supported by xgrammar.",
                "Grammar error: Unknown format: uri"
            })
    void aSchemaThatItCannotDecodeByIsSaid(String words) {
        refused(
                plan(error(
                        400,
                        "{\"error\": {\"message\": " + quoted(words)
                                + ", \"type\": \"BadRequestError\", \"param\": null, \"code\": 400}}")),
                "does not take the schema");
    }

    /** It listens only when its model is loaded. */
    @Test
    void whileItLoadsItCanNotBeReached() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (LlmPlanner planner =
                new LlmPlanner(LlmSettings.of(URI.create("http://127.0.0.1:" + port + "/v1"), "freight-7b"))) {
            assertThat(planner.plan(Freight.request()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.refusal().getMessage()).contains("can't be reached"));
        }
    }
}
