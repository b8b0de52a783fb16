package dev.pinfactory.orchestrator.service.task;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): unguessable, and new ones sort behind old ones, which keeps the index of tasks compact. */
final class TaskIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TaskIds() {}

    static String next(Instant now) {
        long high = now.toEpochMilli() << 16 | VERSION | RANDOM.nextInt(0x1000);
        long low = VARIANT | RANDOM.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
