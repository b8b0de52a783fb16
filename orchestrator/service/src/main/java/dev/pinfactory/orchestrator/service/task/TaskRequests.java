package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.orchestrator.service.content.TaskContent;
import dev.pinfactory.orchestrator.service.pin.PinnedTasks;
import dev.pinfactory.orchestrator.service.pin.ResolvedTask;
import dev.pinfactory.orchestrator.service.plan.Planning;
import dev.pinfactory.orchestrator.service.run.EventStamp;
import dev.pinfactory.orchestrator.service.run.Results;
import dev.pinfactory.orchestrator.service.store.IdempotencyKey;
import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.task.TaskValidator;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.registry.client.CatalogSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes of a caller's task one that can be accepted: checked, with a deadline, an id, and its first event. */
public final class TaskRequests {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final Supplier<CatalogSnapshot> catalog;
    private final TaskContent content;
    private final PinnedTasks pins;
    private final TaskLimits limits;
    private final Tracing tracing;
    private final Clock clock;

    public TaskRequests(
            Supplier<CatalogSnapshot> catalog,
            TaskContent content,
            PinnedTasks pins,
            TaskLimits limits,
            Tracing tracing,
            Clock clock) {
        this.catalog = catalog;
        this.content = content;
        this.pins = pins;
        this.limits = limits;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * The caller's key for this very request, if it gave one.
     *
     * @throws PinfactoryException INVALID_ARGUMENT for something that is no key
     */
    Optional<IdempotencyKey> key(Caller caller, Task given) {
        return caller.idempotencyKey().map(name -> key(name, given, clock.instant()));
    }

    /**
     * The task as it is accepted.
     *
     * @throws PinfactoryException INVALID_ARGUMENT, PLAN_INVALID, or FAILED_PRECONDITION for a pinned plan whose cards have changed, with everything that is wrong
     */
    NewTask accept(Caller caller, Task given, Optional<IdempotencyKey> key, boolean durable) {
        Instant now = clock.instant();
        // One look for all that follows: a card that changes in between must not fail a plan that was fitted to it
        // before.
        Contracts contracts = catalog.get().contracts();
        refuse(new TaskValidator(contracts).validate(given, now));
        ResolvedTask pinned = pins.resolve(caller.tenant(), given, contracts);
        Task resolved = content.resolve(caller.tenant(), pinned.task(), contracts.types());
        if (resolved.hasPlan()) {
            checkPlan(resolved, contracts);
        }
        Task task = durable ? content.externalize(caller.tenant(), resolved) : resolved;
        String id = TaskIds.next(now);
        String traceParent = tracing.current();
        return new NewTask(
                caller.tenant(),
                task,
                pinned.pinned(),
                Results.queued(id, task, now, Tracing.traceId(traceParent)),
                List.of(new EventStamp(id, 0).state(now, TaskResult.State.QUEUED)),
                TaskContent.references(task),
                now,
                deadline(caller, given, now),
                traceParent,
                key);
    }

    /** A task that is only to be planned: its inputs may leave their content out. */
    ResolvedTask forPlanning(String tenant, Task task) {
        Contracts contracts = catalog.get().contracts();
        refuse(new TaskValidator(contracts).validateForPlanning(task, clock.instant()));
        return pins.resolve(tenant, task, contracts);
    }

    private static void refuse(List<FieldViolation> violations) {
        if (!violations.isEmpty()) {
            throw PinfactoryException.of(ErrorCode.INVALID_ARGUMENT, violations);
        }
    }

    private static void checkPlan(Task task, Contracts contracts) {
        List<Violation> violations = new PlanValidator(contracts).validate(task.getPlan(), TaskShape.of(task));
        if (!violations.isEmpty()) {
            throw Planning.invalid(violations);
        }
    }

    /** The earliest of what the call, the task and this service allow. */
    Instant deadline(Caller caller, Task task, Instant now) {
        Instant deadline = now.plus(limits.maxTimeout());
        var constraints = task.getConstraints();
        boolean named = constraints.hasDeadline()
                || constraints.hasTimeout()
                || caller.deadline().isPresent();
        if (!named) {
            deadline = earlier(deadline, now.plus(limits.defaultTimeout()));
        }
        if (constraints.hasDeadline()) {
            deadline = earlier(
                    deadline,
                    Instant.ofEpochSecond(
                            constraints.getDeadline().getSeconds(),
                            constraints.getDeadline().getNanos()));
        }
        if (constraints.hasTimeout()) {
            Duration timeout = Duration.ofSeconds(
                    Math.min(
                            constraints.getTimeout().getSeconds(),
                            limits.maxTimeout().toSeconds() + 1),
                    constraints.getTimeout().getNanos());
            deadline = earlier(deadline, now.plus(timeout));
        }
        return caller.deadline().isPresent()
                ? earlier(deadline, caller.deadline().get())
                : deadline;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private IdempotencyKey key(String name, Task task, Instant now) {
        if (!KEY.matcher(name).matches()) {
            throw PinfactoryException.of(
                    ErrorCode.INVALID_ARGUMENT,
                    "idempotency-key",
                    "expected 1 to 255 printable ASCII characters without blanks");
        }
        return new IdempotencyKey(name, BodyDigest.of(task), now.plus(limits.keyRetention()));
    }
}
