package dev.pinfactory.chat;

import dev.pinfactory.chat.ChatReply.Declined;
import dev.pinfactory.chat.ChatReply.Failed;
import dev.pinfactory.chat.ChatReply.Fault;
import dev.pinfactory.chat.ChatReply.Said;
import dev.pinfactory.chat.ChatReply.Unusable;
import dev.pinfactory.proto.type.CodePoints;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads chat completions as vLLM, llama.cpp and Ollama write them. Servers add fields of their own, so unknown ones are passed over here; what
 * is inside is read strictly, elsewhere.
 */
final class Completions {
    private static final int OK = 200;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_REASON = 200;
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private Completions() {}

    static ChatReply read(byte[] body) {
        JsonNode completion;
        try {
            completion = JSON.readTree(body);
        } catch (JacksonException e) {
            return new Failed(Fault.MALFORMED, "its answer is not JSON", body.length);
        }
        if (completion == null || !completion.path("choices").isArray()) {
            if (completion != null && completion.has("error")) {
                // Some proxies send an error's body with a status of success.
                return new Failed(
                        Fault.STATUS, ServerError.of(OK, body).after("it answered with an error"), body.length);
            }
            return new Failed(Fault.MALFORMED, "its answer is not a chat completion", body.length);
        }
        Optional<Usage> usage = usage(completion.path("usage"));
        JsonNode choices = completion.path("choices");
        if (choices.isEmpty()) {
            return new Unusable("the answer was empty", "", usage, body.length);
        }
        return choice(choices.path(0), usage, body.length);
    }

    private static ChatReply choice(JsonNode choice, Optional<Usage> usage, int bytes) {
        JsonNode message = choice.path("message");
        String finish = text(choice.path("finish_reason"));
        String refusal = text(message.path("refusal"));
        if (!refusal.isBlank()) {
            return new Declined("the model declined: " + plain(refusal), usage, bytes);
        }
        if (finish.equals("content_filter")) {
            return new Declined("a content filter stopped the answer", usage, bytes);
        }
        JsonNode calls = message.path("tool_calls");
        String content = content(message.path("content"));
        if (finish.equals("length")) {
            return new Unusable("the answer was cut off at the limit of its length; be brief", content, usage, bytes);
        }
        if (!content.isBlank()) {
            return new Said(content, usage, bytes);
        }
        if (calls.size() > 1) {
            return new Unusable("the answer was " + calls.size() + " tool calls and no answer", "", usage, bytes);
        }
        String arguments = arguments(calls.path(0).path("function").path("arguments"));
        if (!arguments.isBlank()) {
            return new Said(arguments, usage, bytes);
        }
        return withoutContent(thoughts(message), usage, bytes);
    }

    /**
     * Decoding by a schema lets a model write nothing else, so thoughts that are JSON are the answer: vLLM and Ollama put it there where they expect
     * thoughts first. Other thoughts are never read, because drafts in them are not meant.
     */
    private static ChatReply withoutContent(String thoughts, Optional<Usage> usage, int bytes) {
        if (thoughts.startsWith("{") && thoughts.endsWith("}")) {
            return new Said(thoughts, usage, bytes);
        }
        String problem = thoughts.isEmpty() ? "the answer was empty" : "the answer was empty behind the thoughts";
        return new Unusable(problem, "", usage, bytes);
    }

    /** Ollama and vLLM call them {@code reasoning}, llama.cpp and vLLM before 0.11 {@code reasoning_content}. */
    private static String thoughts(JsonNode message) {
        return Stream.of("reasoning", "reasoning_content")
                .map(name -> text(message.path(name)).strip())
                .filter(thoughts -> !thoughts.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** A string, or a list of text parts as newer servers send it. */
    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return text(content);
        }
        StringBuilder parts = new StringBuilder();
        content.forEach(part -> parts.append(text(part.path("text"))));
        return parts.toString();
    }

    /** JSON text by the protocol; some servers send the object itself. */
    private static String arguments(JsonNode arguments) {
        return arguments.isObject() ? arguments.toString() : text(arguments);
    }

    /** There is no prompt of no tokens: some Ollamas count none where they had the prompt in their cache. */
    private static Optional<Usage> usage(JsonNode usage) {
        JsonNode prompt = usage.path("prompt_tokens");
        JsonNode answer = usage.path("completion_tokens");
        boolean counted = prompt.isIntegralNumber()
                && prompt.canConvertToLong()
                && prompt.longValue() > 0
                && answer.isIntegralNumber()
                && answer.canConvertToLong();
        return counted ? Optional.of(new Usage(prompt.longValue(), answer.longValue())) : Optional.empty();
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String plain(String text) {
        return CodePoints.shortened(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), MAX_REASON);
    }
}
