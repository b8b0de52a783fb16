package dev.pinfactory.chat;

/** Tokens of one call, as the server counts them. */
public record Usage(long promptTokens, long answerTokens) {
    /** More than any model reads or writes in one call; a server that claims more has lost count. */
    public static final long MOST = 10_000_000;

    /**
     * Tokens of English prose have 4 to 5 bytes, of JSON 3 to 4. About twice that, so that no honest count is doubted; a prompt of which more than half was left
     * out is noticed.
     */
    private static final int MOST_BYTES_PER_TOKEN = 8;

    public Usage {
        promptTokens = Math.clamp(promptTokens, 0, MOST);
        answerTokens = Math.clamp(answerTokens, 0, MOST);
    }

    /** Whether the server has probably cut a prompt of so many bytes, as Ollama does without a word where it exceeds the context. */
    public boolean leavesOut(long promptBytes) {
        return promptBytes > promptTokens * MOST_BYTES_PER_TOKEN;
    }
}
