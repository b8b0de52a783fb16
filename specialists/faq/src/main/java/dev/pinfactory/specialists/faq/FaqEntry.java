package dev.pinfactory.specialists.faq;

/**
 * A question whose answer is known.
 *
 * @param topic what questions with the same answer have in common; they are one answer that is asked for in several ways
 */
record FaqEntry(String topic, String question, String answer) {
    static final int MAX_QUESTION = 1_000;
    static final int MAX_ANSWER = 10_000;

    FaqEntry {
        check("topic", topic, MAX_QUESTION);
        check("question", question, MAX_QUESTION);
        check("answer", answer, MAX_ANSWER);
    }

    private static void check(String name, String value, int max) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("'" + name + "' is blank");
        }
        if (value.length() > max) {
            throw new IllegalArgumentException(
                    "'" + name + "' has " + value.length() + " characters, at most " + max + " are possible");
        }
    }
}
