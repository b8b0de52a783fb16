package dev.pinfactory.specialists.training.source;

import java.time.Instant;
import java.util.Map;

/** What a source delivers. */
public sealed interface Received {
    /** Of the event, the same when it is delivered again, and unique within its source. */
    String id();

    /**
     * What a specialist may be given, and what would be right.
     *
     * @param specialist contract id
     * @param time when it happened, as the source says; now where it does not
     * @param fields by name; of a text it is {@code text} alone
     */
    record Example(String id, String tenant, String specialist, Instant time, Map<String, String> fields, String label)
            implements Received {
        public Example {
            fields = Map.copyOf(fields);
        }
    }

    /**
     * What can't be read by the source's mapping: a dead letter, to be looked at and replayed.
     *
     * @param content as it came, cut to 64 Ki characters
     * @param reason what was expected, by the name of the field
     */
    record Unreadable(String id, String content, String reason) implements Received {}
}
