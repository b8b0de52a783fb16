package dev.pinfactory.specialists.adapters.openai;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import tools.jackson.databind.json.JsonMapper;

/** Answers and errors as three servers write them; the planner's dialect tests say after which sources. */
enum Dialect {
    VLLM("""
            {"id": "chatcmpl-8e0d5a86d87f4e3c", "object": "chat.completion", "created": 1771200000, "model": "small-7b",
             "choices": [{"index": 0, "message": {"role": "assistant", "refusal": null, "annotations": null, "audio": null,
               "function_call": null, "tool_calls": [], "content": %s, "reasoning": null},
               "logprobs": null, "finish_reason": "%s", "stop_reason": null, "token_ids": null}],
             "service_tier": null, "system_fingerprint": null, "usage": {"prompt_tokens": 200, "total_tokens": 240, "completion_tokens": 40,
             "prompt_tokens_details": null}, "prompt_logprobs": null, "prompt_token_ids": null, "kv_transfer_params": null}
            """, 404, """
            {"error": {"message": "The model `secret-7b` does not exist.", "type": "NotFoundError", "param": "model", "code": 404}}"""),
    LLAMA_CPP("""
            {"choices": [{"message": {"role": "assistant", "content": %s}, "finish_reason": "%s", "index": 0}],
             "created": 1757141666, "model": "small-7b.Q4_K_M.gguf", "system_fingerprint": "b8681-0ce03597", "object": "chat.completion",
             "usage": {"completion_tokens": 40, "prompt_tokens": 200, "total_tokens": 240, "prompt_tokens_details": {"cached_tokens": 0}},
             "id": "chatcmpl-ecQULm0WqPrftUqjPZO1CFYeDjGZNbDu",
             "timings": {"cache_n": 0, "prompt_n": 200, "prompt_ms": 309.58, "predicted_n": 40, "predicted_ms": 5892.3}}
            """, 400, """
            {"error": {"code": 400, "message": "model secret-7b not found", "type": "invalid_request_error"}}"""),
    OLLAMA("""
            {"id": "chatcmpl-613", "object": "chat.completion", "created": 1763800000, "model": "small-7b", "system_fingerprint": "fp_ollama",
             "choices": [{"index": 0, "message": {"role": "assistant", "content": %s}, "finish_reason": "%s"}],
             "usage": {"prompt_tokens": 200, "completion_tokens": 40, "total_tokens": 240}}
            """, 404, """
            {"error": {"message": "model 'secret-7b' not found", "type": "not_found_error", "param": null, "code": null}}""");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String completion;
    private final int status;
    private final String error;

    Dialect(String completion, int status, String error) {
        this.completion = completion;
        this.status = status;
        this.error = error;
    }

    ResponseDefinitionBuilder says(String content) {
        return json(200, completion.formatted(JSON.writeValueAsString(content), "stop"));
    }

    ResponseDefinitionBuilder cutOff(String content) {
        return json(200, completion.formatted(JSON.writeValueAsString(content), "length"));
    }

    ResponseDefinitionBuilder noModel() {
        return json(status, error);
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return WireMock.aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }
}
