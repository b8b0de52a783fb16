package dev.pinfactory.router.llm.chat;

/** Tokens of one call, as the server counts them. */
public record Usage(long promptTokens, long answerTokens) {
    /** More than any model reads or writes in one call; a server that claims more has lost count. */
    public static final long MOST = 10_000_000;

    public Usage {
        promptTokens = Math.clamp(promptTokens, 0, MOST);
        answerTokens = Math.clamp(answerTokens, 0, MOST);
    }
}
