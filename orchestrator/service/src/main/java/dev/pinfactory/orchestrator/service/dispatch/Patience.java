package dev.pinfactory.orchestrator.service.dispatch;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/**
 * How long one call goes on waiting for its answer. Now and then it looks whether the endpoint answers others; where it answers nobody, it is asked whether it is
 * there. Used by one thread.
 */
final class Patience implements AutoCloseable {
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final EndpointGuard guard;
    private final Presence presence;
    private final Silence silence;
    private final long begin = System.nanoTime();
    private final long longWait;
    private final long probeAfter;
    private long nextLook;
    private long nextProbe;
    private boolean silent;

    Patience(EndpointGuard guard, Presence presence, Duration probeAfter, Silence silence) {
        this.guard = guard;
        this.presence = presence;
        this.silence = silence;
        this.longWait = guard.longWait().toNanos();
        this.probeAfter = probeAfter.toNanos();
        this.nextProbe = this.probeAfter;
        this.nextLook = Math.min(longWait, nextProbe);
    }

    /** How long to wait until the next look, in nanoseconds. */
    long nanos() {
        return Math.max(0, nextLook - waited());
    }

    /**
     * No answer came in that time.
     *
     * @throws StatusRuntimeException UNAVAILABLE when the endpoint is not there
     */
    void look() throws InterruptedException {
        long waited = waited();
        say(waited >= longWait && guard.silentSince(System.nanoTime() - longWait));
        if (waited >= nextProbe) {
            nextProbe = waited + Math.min(waited, LONGEST_NANOS);
            requirePresence();
        }
        nextLook = waited < longWait ? Math.min(longWait, nextProbe) : nextProbe;
    }

    private void requirePresence() throws InterruptedException {
        if (guard.silentSince(System.nanoTime() - probeAfter) && !presence.of(guard.address())) {
            throw Status.UNAVAILABLE
                    .withDescription("its endpoint answers nothing, not even whether it is there")
                    .asRuntimeException();
        }
    }

    private long waited() {
        return System.nanoTime() - begin;
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
