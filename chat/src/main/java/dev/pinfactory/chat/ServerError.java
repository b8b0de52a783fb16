package dev.pinfactory.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a server's error comes to. vLLM, llama.cpp and Ollama word the same things differently and put them in different places, so their words are
 * searched for what somebody can do something about. They are never passed on themselves: they may quote the prompt.
 *
 * @param code a plain name, or nothing
 */
record ServerError(String code, Optional<Cause> cause) {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Servers say first what is wrong, in two or three hundred characters, and quote the prompt behind it; its words are not theirs. */
    private static final int OWN_WORDS = 600;

    /** What can be told apart, by the status and the words behind it; the first that fits. */
    enum Cause {
        KEY("it does not take the API key", "^40[13] "),
        /** The last wording is Ollama's where it has cut the user's message off. */
        TOO_LONG(
                "the prompt is longer than its context; it needs a longer one, or a shorter prompt (max-cards, max-input)",
                "exceed_context_size|context_length_exceeded|context (length|size|window)|maximum input length"
                        + "|max_tokens must be at least 1|no user query found"),
        LOADING("its model is still being loaded", "^50[03] .*(loading model|waiting for llama runner)"),
        NO_MODEL("it has no model of that name", "^40[04] .*\\bmodel\\b.*(not found|does not exist)"),
        FORMAT(
                "it does not take the schema of the answer; see format",
                "^(400|422|500) .*(response_format|json.schema|xgrammar|pars(e|ing) grammar|grammar error)"),
        ADDRESS("there is nothing at that address; base-url ends with a version, such as /v1", "^404 "),
        BUSY("it has too much to do", "^(429|503) ");

        private final String saying;
        private final Pattern words;

        Cause(String saying, String words) {
            this.saying = saying;
            this.words = Pattern.compile(words, Pattern.DOTALL);
        }
    }

    static ServerError of(int status, byte[] body) {
        // A page, or a body that quotes so much that it was cut: what it says stands at its start.
        return json(body)
                .map(answer -> of(status, answer))
                .orElseGet(() -> of("", status + " " + new String(body, StandardCharsets.UTF_8)));
    }

    private static ServerError of(int status, JsonNode answer) {
        // An object in newer ones; before, vLLM's fields stood at the top, and a few errors are only a sentence.
        JsonNode error = answer.path("error").isObject() ? answer.path("error") : answer;
        JsonNode number = error.path("code");
        String type = text(error.path("type"));
        String code = text(number);
        String said = String.join(
                " ",
                Integer.toString(number.isIntegralNumber() && number.canConvertToInt() ? number.intValue() : status),
                type,
                code,
                text(error.path("message")),
                text(answer.path("error")),
                text(answer.path("detail")));
        return of(plain(code.isEmpty() ? type : code), said);
    }

    private static ServerError of(String code, String said) {
        String ownWords = said.substring(0, Math.min(said.length(), OWN_WORDS)).toLowerCase(Locale.ROOT);
        return new ServerError(
                code,
                Arrays.stream(Cause.values())
                        .filter(cause -> cause.words.matcher(ownWords).find())
                        .findFirst());
    }

    /** For people: {@code what (code): cause}. */
    String after(String what) {
        return what
                + (code.isEmpty() ? "" : " (" + code + ")")
                + cause.map(known -> ": " + known.saying).orElse("");
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(Completions.JSON.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static String plain(String name) {
        return CODE.matcher(name).matches() ? name : "";
    }
}
