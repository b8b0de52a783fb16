package dev.pinfactory.faults.history;

/**
 * Something that must not have happened.
 *
 * @param about the key or task, and what was seen of it
 */
public record Violation(Kind kind, String about) {
    /** What can be wrong with a history. */
    public enum Kind {
        /** Nobody knows whether the submission was accepted, even after it was sent again. */
        UNSETTLED,
        /** One key was acknowledged as two tasks. */
        ANOTHER_TASK,
        /** Acknowledged, and not in the store. */
        LOST,
        /** In the store, and nobody was told of it. */
        UNKNOWN_TASK,
        /** Acknowledged, and did not end. */
        NOT_ENDED,
        /** Ended more than once, or without saying so. */
        NOT_ENDED_ONCE,
        /** A reader saw another end than the store keeps. */
        END_CHANGED,
        /** Ended with something else than what was asked for. */
        WRONG_RESULT,
        /** The outbox tells the same thing twice. */
        EVENT_REPEATED,
        /** The outbox does not tell what happened. */
        EVENT_MISSING
    }

    @Override
    public String toString() {
        return kind + ": " + about;
    }
}
