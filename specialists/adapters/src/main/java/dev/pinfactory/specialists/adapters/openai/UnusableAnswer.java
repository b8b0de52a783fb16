package dev.pinfactory.specialists.adapters.openai;

/** The model answered, and not in a way that an output could be made of. The message is ours and quotes nothing of it. */
final class UnusableAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableAnswer(String message) {
        super(message, null, false, false);
    }
}
