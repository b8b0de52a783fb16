package dev.pinfactory.chat;

import java.util.Optional;

/** What came of one call. */
public sealed interface ChatReply {
    /** Bytes that were read. */
    int bytes();

    /** Tokens as the server counts them; empty where it does not. */
    Optional<Usage> usage();

    /** The model wrote something and ended by itself. */
    record Said(String text, Optional<Usage> usage, int bytes) implements ChatReply {}

    /** The model answered, and not in a way that can be used: nothing, cut off, two tool calls. Asking it again may help. */
    record Unusable(String problem, String text, Optional<Usage> usage, int bytes) implements ChatReply {}

    /** The model, or a filter in front of it, will not answer. Asking again does not help. */
    record Declined(String why, Optional<Usage> usage, int bytes) implements ChatReply {}

    /** There is no answer. */
    record Failed(Fault fault, String message, int bytes) implements ChatReply {
        @Override
        public Optional<Usage> usage() {
            return Optional.empty();
        }
    }

    /** Why there is no answer. */
    enum Fault {
        /** No connection. */
        UNREACHABLE(false),
        /** The connection broke. */
        BROKEN(true),
        /** The deadline passed before the answer was complete. */
        TIMED_OUT(true),
        /** The caller went away. */
        CANCELLED(true),
        /** Status 429 or 503: it has too much to do, or loads its model. */
        BUSY(false),
        /** Any other status but 200; redirects too, which are never followed. */
        STATUS(false),
        /** Not JSON by its content type. */
        CONTENT_TYPE(true),
        /** More bytes than the limit. */
        TOO_LARGE(true),
        /** Not a chat completion. */
        MALFORMED(true);

        private final boolean mayBeBilled;

        Fault(boolean mayBeBilled) {
            this.mayBeBilled = mayBeBilled;
        }

        /** Whether the model may have worked for it. */
        public boolean mayBeBilled() {
            return mayBeBilled;
        }
    }
}
