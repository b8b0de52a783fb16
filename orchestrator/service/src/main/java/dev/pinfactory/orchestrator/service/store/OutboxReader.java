package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.events.v1.Event;
import java.time.Instant;
import java.util.List;

/** What happened, for learning, drift, audit and webhooks. At least once: consumers keep the sequence that they have seen, and drop repeats by id. */
public interface OutboxReader {
    /** Events after this sequence, in order. No event appears later with a smaller sequence. */
    List<Event> read(long afterSequence, int limit);

    /** Erases events that are older, whether they were read or not: without a reader they would grow for ever. */
    int expire(Instant createdBefore);
}
