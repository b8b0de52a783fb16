package dev.pinfactory.orchestrator.service.task;

/**
 * Somebody who waits for a task, and may give up. Without an idempotency key nobody else can get at the result then, so the task is cancelled; with one the
 * caller may come back for it, so it goes on.
 */
public interface Waiter {
    /** Registers what to do when the caller gives up, for a protocol that says so. */
    default void onGone(Runnable cancel) {}

    /** Asked twice a second by the thread that waits, for a protocol that doesn't. */
    default boolean gone() {
        return false;
    }
}
