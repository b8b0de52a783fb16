package dev.pinfactory.orchestrator.service.store;

/** What became of a request to accept a task. */
public sealed interface Acceptance {
    /** Written and committed, and this process's to run. */
    record Accepted(Claim claim) implements Acceptance {}

    /** The request's idempotency key was used before. */
    sealed interface KeyUsed extends Acceptance {}

    /** The key was used for the same request before. */
    record Repeated(String taskId) implements KeyUsed {}

    /** The key was used for another request. */
    record OtherBody() implements KeyUsed {}
}
