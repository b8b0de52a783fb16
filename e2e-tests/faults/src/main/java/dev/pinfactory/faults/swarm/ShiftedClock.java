package dev.pinfactory.faults.swarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Goes like another clock, and can be put forward. Thread-safe. */
public final class ShiftedClock extends Clock {
    private final Clock base;
    private final AtomicReference<Duration> ahead;

    public ShiftedClock(Clock base) {
        this(base, new AtomicReference<>(Duration.ZERO));
    }

    private ShiftedClock(Clock base, AtomicReference<Duration> ahead) {
        this.base = base;
        this.ahead = ahead;
    }

    public void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(base.withZone(zone), ahead);
    }
}
