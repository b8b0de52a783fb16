package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of referenced content the calls of this process hold together. What does not fit is refused before a byte of it comes. */
public final class ContentBudget {
    private static final long DEFAULT_BYTES = 128L << 20;
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    public ContentBudget(long limit) {
        this.limit = limit;
    }

    public static ContentBudget defaults() {
        return new ContentBudget(DEFAULT_BYTES);
    }

    /**
     * Takes bytes, to be given back.
     *
     * @throws PinfactoryException SPECIALIST_INPUT_INVALID for what never fits, SPECIALIST_OVERLOADED for what does not fit now
     */
    void take(long bytes) {
        if (bytes > limit) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_INPUT_INVALID,
                    "the call refers to " + bytes + " bytes of content; this host takes at most " + limit);
        }
        long before = held.getAndUpdate(now -> now + bytes <= limit ? now + bytes : now);
        if (before + bytes > limit) {
            throw new PinfactoryException(
                    ErrorCode.SPECIALIST_OVERLOADED,
                    "the host holds as much content of other calls as it takes",
                    List.of(),
                    RETRY_AFTER,
                    null);
        }
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
