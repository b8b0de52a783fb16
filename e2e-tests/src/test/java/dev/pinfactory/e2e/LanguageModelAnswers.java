package dev.pinfactory.e2e;

/** Answers as three servers write them; the planner's dialect tests say after which sources. Each has read 1,000 tokens and written 40. */
enum LanguageModelAnswers {
    VLLM("""
            {"id": "chatcmpl-8e0d5a86d87f4e3c", "object": "chat.completion", "created": 1771200000, "model": "small-7b",
             "choices": [{"index": 0, "message": {"role": "assistant", "refusal": null, "annotations": null, "audio": null,
               "function_call": null, "tool_calls": [], "content": "%s", "reasoning": null},
               "logprobs": null, "finish_reason": "stop", "stop_reason": null, "token_ids": null}],
             "service_tier": null, "system_fingerprint": null, "usage": {"prompt_tokens": 1000, "total_tokens": 1040, "completion_tokens": 40,
             "prompt_tokens_details": null}, "prompt_logprobs": null, "prompt_token_ids": null, "kv_transfer_params": null}
            """),
    LLAMA_CPP("""
            {"choices": [{"message": {"role": "assistant", "content": "%s"}, "finish_reason": "stop", "index": 0}],
             "created": 1757141666, "model": "small-7b.Q4_K_M.gguf", "system_fingerprint": "b8681-0ce03597", "object": "chat.completion",
             "usage": {"completion_tokens": 40, "prompt_tokens": 1000, "total_tokens": 1040, "prompt_tokens_details": {"cached_tokens": 0}},
             "id": "chatcmpl-ecQULm0WqPrftUqjPZO1CFYeDjGZNbDu",
             "timings": {"cache_n": 0, "prompt_n": 1000, "prompt_ms": 309.58, "predicted_n": 40, "predicted_ms": 5892.3}}
            """),
    OLLAMA("""
            {"id": "chatcmpl-613", "object": "chat.completion", "created": 1763800000, "model": "small-7b", "system_fingerprint": "fp_ollama",
             "choices": [{"index": 0, "message": {"role": "assistant", "content": "%s"}, "finish_reason": "stop"}],
             "usage": {"prompt_tokens": 1000, "completion_tokens": 40, "total_tokens": 1040}}
            """);

    private final String completion;

    LanguageModelAnswers(String completion) {
        this.completion = completion;
    }

    /** @param content JSON without line breaks */
    String says(String content) {
        return completion.formatted(content.replace("\"", "\\\""));
    }
}
