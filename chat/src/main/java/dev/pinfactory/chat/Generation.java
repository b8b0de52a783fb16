package dev.pinfactory.chat;

/**
 * Which model answers, and in what form.
 *
 * @param maxTokens of one answer
 */
public record Generation(String model, int maxTokens, AnswerFormat format) {
    public Generation {
        if (model.isBlank() || model.length() > 256) {
            throw new IllegalArgumentException("model is a name of at most 256 characters");
        }
        if (maxTokens < 64 || maxTokens > 65_536) {
            throw new IllegalArgumentException("max-tokens is 64 to 65536");
        }
    }

    /** At most 4,096 tokens, constrained by the schema. */
    public static Generation by(String model) {
        return new Generation(model, 4_096, AnswerFormat.JSON_SCHEMA);
    }

    /** How the server is told to answer in JSON. */
    public enum AnswerFormat {
        /** Decoding is constrained by the answer's JSON Schema. */
        JSON_SCHEMA,
        /** Any JSON object, for servers that know no schemas; the prompt describes the answer. */
        JSON_OBJECT,
        /** Nothing is said, for servers that refuse the field. */
        NONE
    }
}
