package dev.pinfactory.router.llm.chat;

import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.router.llm.chat.ChatReply.Declined;
import dev.pinfactory.router.llm.chat.ChatReply.Failed;
import dev.pinfactory.router.llm.chat.ChatReply.Fault;
import dev.pinfactory.router.llm.chat.ChatReply.Said;
import dev.pinfactory.router.llm.chat.ChatReply.Unusable;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads chat completions. Servers add fields of their own, so unknown ones are passed over here; the plan inside is read strictly, elsewhere.
 */
final class Completions {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_REASON = 200;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
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
        if (completion == null
                || !completion.isObject()
                || !completion.path("choices").isArray()) {
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
            return new Unusable("the answer was " + calls.size() + " tool calls and no plan", "", usage, bytes);
        }
        String arguments = arguments(calls.path(0).path("function").path("arguments"));
        return arguments.isBlank()
                ? new Unusable("the answer was empty", "", usage, bytes)
                : new Said(arguments, usage, bytes);
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

    private static Optional<Usage> usage(JsonNode usage) {
        JsonNode prompt = usage.path("prompt_tokens");
        JsonNode answer = usage.path("completion_tokens");
        boolean counted = prompt.isIntegralNumber()
                && prompt.canConvertToLong()
                && answer.isIntegralNumber()
                && answer.canConvertToLong();
        return counted ? Optional.of(new Usage(prompt.longValue(), answer.longValue())) : Optional.empty();
    }

    /** The code of an error, if it is a plain name: messages may quote the prompt, and are neither shown nor logged. */
    static Optional<String> errorCode(byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            String code = text(error.path("code"));
            String name = code.isEmpty() ? text(error.path("type")) : code;
            return CODE.matcher(name).matches() ? Optional.of(name) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String plain(String text) {
        return CodePoints.shortened(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), MAX_REASON);
    }
}
