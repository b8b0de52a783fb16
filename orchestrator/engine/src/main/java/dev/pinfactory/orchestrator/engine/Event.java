package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.InferResponse;
import java.time.Instant;

/**
 * What happened outside. Each event says when; the execution has no other clock. Times should not go backwards; where one does,
 * the execution goes on with the latest time that it has seen. Late, duplicate and unknown events change nothing.
 */
public sealed interface Event {
    Instant at();

    /** Run. The first event of a new execution, and of a resumed one. */
    record Started(Instant at) implements Event {}

    /** A call was answered: with outputs, or with an abstention. */
    record Answered(Instant at, CallId call, InferResponse response) implements Event {}

    /** A call brought no answer, after whatever retries the caller of the specialist made. */
    record CallFailed(Instant at, CallId call, ErrorCode code, String detail) implements Event {}

    /** The journal has the {@link Action.Commit} of this step or item. */
    record Committed(Instant at, String step, java.util.OptionalInt item) implements Event {}

    /** The time of the last {@link Action.WakeAt} has come. */
    record Tick(Instant at) implements Event {}

    /** Somebody wants the task to stop. */
    record CancelRequested(Instant at, String reason) implements Event {}

    /** The task belongs to another owner now. Calls in flight are cancelled, and there is no {@link Action.End}. */
    record Abandoned(Instant at) implements Event {}
}
