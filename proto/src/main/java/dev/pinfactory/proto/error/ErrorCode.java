package dev.pinfactory.proto.error;

import io.grpc.Status;

/** Everything that can go wrong, whose fault it is, and whether trying again helps. */
public enum ErrorCode {
    /** A field of the request is missing, malformed or out of range. */
    INVALID_ARGUMENT(Fault.CALLER, Status.Code.INVALID_ARGUMENT, 400, false),
    /** The plan breaks a rule; the violations name step and field. */
    PLAN_INVALID(Fault.CALLER, Status.Code.INVALID_ARGUMENT, 400, false),
    /** The card breaks a rule; the violations name the field. */
    CARD_INVALID(Fault.CALLER, Status.Code.INVALID_ARGUMENT, 400, false),
    /** The idempotency key was used for another body. */
    IDEMPOTENCY_KEY_REUSED(Fault.CALLER, Status.Code.INVALID_ARGUMENT, 422, false),
    /** The first request with this idempotency key has not been answered yet. */
    IDEMPOTENCY_KEY_IN_FLIGHT(Fault.CALLER, Status.Code.ABORTED, 409, true),
    /** No or no valid credentials. */
    UNAUTHENTICATED(Fault.CALLER, Status.Code.UNAUTHENTICATED, 401, false),
    /** The caller may not do this. */
    PERMISSION_DENIED(Fault.CALLER, Status.Code.PERMISSION_DENIED, 403, false),
    /** There is no such thing, or it belongs to another tenant. */
    NOT_FOUND(Fault.CALLER, Status.Code.NOT_FOUND, 404, false),
    /** It exists already, with another content. */
    ALREADY_EXISTS(Fault.CALLER, Status.Code.ALREADY_EXISTS, 409, false),
    /** The state does not allow it, such as an illegal move of a version. */
    FAILED_PRECONDITION(Fault.CALLER, Status.Code.FAILED_PRECONDITION, 400, false),
    /** The request is larger than the limit. */
    TOO_LARGE(Fault.CALLER, Status.Code.RESOURCE_EXHAUSTED, 413, false),
    /** The swarm, or the caller's share of it, is full. */
    OVERLOADED(Fault.SWARM, Status.Code.RESOURCE_EXHAUSTED, 429, true),
    /** The deadline passed, or had passed before the start. */
    DEADLINE_EXCEEDED(Fault.CALLER, Status.Code.DEADLINE_EXCEEDED, 504, false),
    /** The caller cancelled. */
    CANCELLED(Fault.CALLER, Status.Code.CANCELLED, 499, false),
    /** The cost ceiling of the task is reached. */
    BUDGET_EXHAUSTED(Fault.CALLER, Status.Code.RESOURCE_EXHAUSTED, 400, false),
    /** The tenant has used its quota of today. */
    QUOTA_EXHAUSTED(Fault.CALLER, Status.Code.RESOURCE_EXHAUSTED, 429, false),
    /** No live endpoint serves the specialist, or its circuit breaker is open. */
    SPECIALIST_UNAVAILABLE(Fault.SPECIALIST, Status.Code.UNAVAILABLE, 503, true),
    /** The specialist took too long. */
    SPECIALIST_TIMEOUT(Fault.SPECIALIST, Status.Code.DEADLINE_EXCEEDED, 504, true),
    /** The specialist has as many calls as it takes. */
    SPECIALIST_OVERLOADED(Fault.SPECIALIST, Status.Code.RESOURCE_EXHAUSTED, 429, true),
    /** The specialist refused its input. */
    SPECIALIST_INPUT_INVALID(Fault.SPECIALIST, Status.Code.INVALID_ARGUMENT, 400, false),
    /** The specialist's answer does not have the type that its card promises. */
    SPECIALIST_OUTPUT_INVALID(Fault.SPECIALIST, Status.Code.INTERNAL, 502, false),
    /** The specialist failed. */
    SPECIALIST_FAILED(Fault.SPECIALIST, Status.Code.INTERNAL, 502, true),
    /** The step's confidence stayed below the floor and no fallback was left. */
    LOW_CONFIDENCE(Fault.SPECIALIST, Status.Code.FAILED_PRECONDITION, 400, false),
    /** A role of the swarm that is needed is not there. */
    UNAVAILABLE(Fault.SWARM, Status.Code.UNAVAILABLE, 503, true),
    /** A fault in Pinfactory. */
    INTERNAL(Fault.SWARM, Status.Code.INTERNAL, 500, false);

    /** Who has to do something about an error. */
    public enum Fault {
        CALLER,
        SWARM,
        SPECIALIST
    }

    private final Fault fault;
    private final Status.Code grpcStatus;
    private final int httpStatus;
    private final boolean retryable;

    ErrorCode(Fault fault, Status.Code grpcStatus, int httpStatus, boolean retryable) {
        this.fault = fault;
        this.grpcStatus = grpcStatus;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    public Fault fault() {
        return fault;
    }

    public Status.Code grpcStatus() {
        return grpcStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may succeed when it is sent again later. */
    public boolean retryable() {
        return retryable;
    }
}
