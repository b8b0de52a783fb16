package dev.pinfactory.orchestrator.service.event;

import dev.pinfactory.orchestrator.service.store.OutboxReader;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.events.v1.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hands the outbox on to a reader who keeps the place up to which it has read. */
public final class EventFeed {
    private static final int PAGE = 100;
    /** What one message holds: events carry what specialists were given and said. */
    private static final int MAX_BYTES = 4 << 20;

    private static final long LOOK_AGAIN_MILLIS = 250;

    private final OutboxReader outbox;

    private volatile boolean leaving;

    public EventFeed(OutboxReader outbox) {
        this.outbox = outbox;
    }

    /** This process ends: who follows the outbox goes on elsewhere, and is told so at once. */
    public void leave() {
        leaving = true;
    }

    /** Who reads. */
    public interface Reader {
        /** False when it wants no more. */
        boolean accept(List<Event> events) throws InterruptedException;

        boolean gone();
    }

    /**
     * Reads the outbox.
     *
     * @param follow goes on until the reader is gone, instead of ending at the last event
     */
    public void read(long afterSequence, boolean follow, Reader reader) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long last = afterSequence;
        while (!reader.gone()) {
            List<Event> events = outbox.read(last, PAGE);
            if (events.isEmpty()) {
                if (!follow) {
                    return;
                }
                if (leaving) {
                    throw new PinfactoryException(
                            ErrorCode.UNAVAILABLE, "the service stops; read again, after sequence " + last);
                }
                never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                continue;
            }
            for (List<Event> some : bySize(events)) {
                if (!reader.accept(some)) {
                    return;
                }
            }
            last = events.getLast().getSequence();
        }
    }

    private static List<List<Event>> bySize(List<Event> events) {
        List<List<Event>> parts = new ArrayList<>();
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            int size = events.get(i).getSerializedSize();
            if (i > start && bytes + size > MAX_BYTES) {
                parts.add(events.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += size;
        }
        parts.add(events.subList(start, events.size()));
        return parts;
    }
}
