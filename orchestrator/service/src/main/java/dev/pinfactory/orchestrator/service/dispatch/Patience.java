package dev.pinfactory.orchestrator.service.dispatch;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/**
 * How long one call goes on waiting for its answer. Now and then it looks whether the endpoint answers others; where it answers nobody, it is asked whether it is
 * there. Used by one thread.
 */
final class Patience implements AutoCloseable {
    private static final int LONGER = 2;
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final EndpointGuard guard;
    private final Presence presence;
    private final Silence silence;
    private final long begin = System.nanoTime();
    private long lastLook = begin;
    private long nextLook;
    private long nextProbe;
    private boolean silent;

    Patience(EndpointGuard guard, Presence presence, Duration probeAfter, Silence silence) {
        this.guard = guard;
        this.presence = presence;
        this.silence = silence;
        this.nextProbe = probeAfter.toNanos();
        this.nextLook = Math.min(guard.longWait().toNanos(), nextProbe);
    }

    /** How long to wait until the next look, in nanoseconds. */
    long nanos() {
        return Math.max(0, nextLook - (System.nanoTime() - begin));
    }

    /**
     * No answer came in that time.
     *
     * @throws StatusRuntimeException UNAVAILABLE when the endpoint is not there
     */
    void look() throws InterruptedException {
        say(guard.silentSince(lastLook));
        lastLook = System.nanoTime();
        if (lastLook - begin < nextProbe) {
            nextLook = nextProbe;
            return;
        }
        nextProbe = Math.min(nextProbe * LONGER, lastLook - begin + LONGEST_NANOS);
        nextLook = nextProbe;
        if (silent && !presence.of(guard.address())) {
            throw Status.UNAVAILABLE
                    .withDescription("its endpoint answers nothing, not even whether it is there")
                    .asRuntimeException();
        }
    }

    private void say(boolean now) {
        if (silent != now) {
            silent = now;
            silence.silent(now);
        }
    }

    @Override
    public void close() {
        say(false);
    }
}
