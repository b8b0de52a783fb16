package dev.pinfactory.router.llm;

import static dev.pinfactory.router.llm.TestingModel.json;
import static dev.pinfactory.router.llm.TestingModel.quoted;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dialect of llama.cpp's server, after the README of its {@code tools/server} (chat completions, timings, reasoning) and its
 * {@code tests/unit/test_chat_completion.py} as of builds b7000 to b8700, and its issues 11847 (a schema refused), 15780 and 19774 (a prompt that is
 * too long), 17968 (no such model, in router mode; otherwise it does not look at the name).
 */
final class LlamaCppDialectTest extends LlmDialectContract {
    private static final String USAGE = """
            "usage": {"completion_tokens": 312, "prompt_tokens": 1893, "total_tokens": 2205, "prompt_tokens_details": {"cached_tokens": 1657}},""";

    @Override
    Set<String> ownFields() {
        return Set.of(
                "n_predict",
                "json_schema",
                "grammar",
                "tool_choice",
                "reasoning_effort",
                "reasoning_format",
                "chat_template_kwargs");
    }

    private static ResponseDefinitionBuilder completion(String message, String finish, String usage) {
        return json("""
                {"choices": [{"finish_reason": "%s", "index": 0, "message": {"role": "assistant", %s}}],
                 "created": 1757141666, "model": "freight-7b.Q4_K_M.gguf", "system_fingerprint": "b8681-0ce03597", "object": "chat.completion",
                 %s "id": "chatcmpl-ecQULm0WqPrftUqjPZO1CFYeDjGZNbDu",
                 "timings": {"cache_n": 1657, "prompt_n": 236, "prompt_ms": 309.58, "prompt_per_token_ms": 1.31, "prompt_per_second": 762.3,
                  "predicted_n": 312, "predicted_ms": 5892.3, "predicted_per_token_ms": 18.88, "predicted_per_second": 52.9}}
                """.formatted(finish, message, usage));
    }

    @Override
    ResponseDefinitionBuilder answer(String content) {
        return completion("\"content\": " + quoted(content), "stop", USAGE);
    }

    @Override
    ResponseDefinitionBuilder answer(String thoughts, String content) {
        return completion(
                "\"reasoning_content\": " + quoted(thoughts) + ", \"content\": " + quoted(content), "stop", USAGE);
    }

    /** At max_tokens, and just so at the end of the context. */
    @Override
    ResponseDefinitionBuilder cutOff(String content) {
        return completion("\"content\": " + quoted(content), "length", USAGE);
    }

    @Override
    ResponseDefinitionBuilder uncounted(String content) {
        return completion("\"content\": " + quoted(content), "stop", "");
    }

    @Override
    ResponseDefinitionBuilder noModel() {
        return error(400, """
                {"error": {"code": 400, "message": "model not found", "type": "invalid_request_error"}}""");
    }

    @Override
    ResponseDefinitionBuilder tooLong() {
        return error(400, """
                {"error": {"code": 400, "message": "request (4390 tokens) exceeds the available context size (4096 tokens), try increasing it",
                 "type": "exceed_context_size_error", "n_prompt_tokens": 4390, "n_ctx": 4096}}""");
    }

    @Test
    void whileItLoadsItSaysSo() {
        refused(plan(error(503, """
                        {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}""")), "status 503 (unavailable_error)", "still being loaded");
    }

    @Test
    void aContextThatIsFullAmidWorkIsSaid() {
        refused(plan(error(500, """
                        {"error": {"code": 500, "message": "Context size has been exceeded.", "type": "server_error"}}""")), "status 500 (server_error)", "longer than its context");
    }

    /** Some builds, and proxies in front of others, send an error's body with status 200. */
    @Test
    void anErrorInTheGuiseOfASuccessIsAnError() {
        refused(plan(json("""
                        {"error": {"code": 400, "message": "the request exceeds the available context size. try increasing the context size or
                         enable context shift", "type": "exceed_context_size_error", "n_prompt_tokens": 4390, "n_ctx": 4096}}""".replace("\n", ""))), "an error (exceed_context_size_error)", "longer than its context");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Either \"json_schema\" or \"grammar\" can be specified, but not both",
                "Failed to initialize samplers: failed to parse grammar",
                "JSON schema conversion failed: Unrecognized schema"
            })
    void aSchemaThatItDoesNotTakeIsSaid(String words) {
        refused(
                plan(error(
                        400,
                        "{\"error\": {\"code\": 400, \"message\": " + quoted(words)
                                + ", \"type\": \"invalid_request_error\"}}")),
                "does not take the schema");
    }

    @Test
    void aWrongKeyIsSaid() {
        refused(plan(error(401, """
                        {"error": {"code": 401, "message": "Invalid API Key", "type": "authentication_error"}}""")), "status 401 (authentication_error)", "API key");
    }

    @Test
    void aWrongAddressIsSaid() {
        refused(plan(error(404, """
                        {"error": {"code": 404, "message": "File Not Found", "type": "not_found_error"}}""")), "base-url");
    }
}
