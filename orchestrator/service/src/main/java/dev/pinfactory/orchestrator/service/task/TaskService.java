package dev.pinfactory.orchestrator.service.task;

import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.pin.ResolvedTask;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.orchestrator.service.plan.Planning;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.run.Leases;
import dev.pinfactory.orchestrator.service.run.RunHandle;
import dev.pinfactory.orchestrator.service.run.TaskRuns;
import dev.pinfactory.orchestrator.service.store.Acceptance;
import dev.pinfactory.orchestrator.service.store.FencedException;
import dev.pinfactory.orchestrator.service.store.IdempotencyKey;
import dev.pinfactory.orchestrator.service.store.NewTask;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.PlanTaskResponse;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Takes tasks in, over whichever protocol they come: each goes through the same check, the same door, and the same word for a repeat. */
public final class TaskService {
    private static final Duration RETRY_IN_FLIGHT = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final String NOBODY_WAITS = "the caller does not wait any more";

    private final TaskRequests requests;
    private final Admission admission;
    private final TaskStore store;
    private final TaskRuns runs;
    private final TaskEvents events;
    private final Planning planning;
    private final Leases leases;
    private final Quotas quotas;
    private final Clock clock;

    public TaskService(
            TaskRequests requests,
            Admission admission,
            TaskStore store,
            TaskRuns runs,
            TaskEvents events,
            Planning planning,
            Leases leases,
            Quotas quotas,
            Clock clock) {
        this.requests = requests;
        this.admission = admission;
        this.store = store;
        this.runs = runs;
        this.events = events;
        this.planning = planning;
        this.leases = leases;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** What a submission came to. */
    public record Submitted(String taskId, boolean replayed) {}

    /** Accepts a task durably: it is on disk when this returns. */
    public Submitted submit(Caller caller, Task given) {
        Optional<IdempotencyKey> key = requests.key(caller, given);
        // Before anything is checked: what was accepted once may not be acceptable any more, and is accepted all the
        // same.
        Optional<Acceptance.KeyUsed> before = key.flatMap(used -> store.find(caller.tenant(), used, clock.instant()));
        return before.isPresent() ? repeated(before.get()) : accept(requests.accept(caller, given, key, true));
    }

    private Submitted accept(NewTask task) {
        Admission.Place place = enter(task, false);
        boolean started = false;
        try {
            quotas.accept(task.tenant());
            return switch (store.accept(task, leases.next())) {
                case Acceptance.Accepted accepted -> {
                    runs.startDurable(task, accepted.claim(), place);
                    started = true;
                    yield new Submitted(task.id(), false);
                }
                case Acceptance.KeyUsed used -> {
                    quotas.takeBack(task.tenant());
                    yield repeated(used);
                }
            };
        } finally {
            if (!started) {
                place.close();
            }
        }
    }

    private static Submitted repeated(Acceptance.KeyUsed key) {
        return switch (key) {
            case Acceptance.Repeated repeated -> new Submitted(repeated.taskId(), true);
            case Acceptance.OtherBody other ->
                throw PinfactoryException.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "idempotency-key",
                        "was used for another request; expected the same body, or another key");
        };
    }

    /** Runs a task to its end. Durable with an idempotency key: then it goes on although the caller does not wait any more. */
    public TaskResult run(Caller caller, Task given, Waiter waiter) {
        if (caller.idempotencyKey().isEmpty()) {
            return await(start(caller, given), waiter);
        }
        Submitted submitted = submit(caller, given);
        if (submitted.replayed()) {
            return answerOf(caller.tenant(), submitted.taskId());
        }
        return await(caller.tenant(), submitted.taskId());
    }

    private static TaskResult await(RunHandle run, Waiter waiter) {
        waiter.onGone(() -> run.cancel(NOBODY_WAITS));
        while (true) {
            try {
                return run.ended().get(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (waiter.gone()) {
                    run.cancel(NOBODY_WAITS);
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                run.cancel(NOBODY_WAITS);
                throw new PinfactoryException(ErrorCode.UNAVAILABLE, "the service stops", e);
            }
        }
    }

    /** Starts a task without writing it, for somebody who watches. */
    public RunHandle start(Caller caller, Task given) {
        NewTask task = requests.accept(caller, given, requests.key(caller, given), false);
        Admission.Place place = enter(task, true);
        try {
            quotas.accept(task.tenant());
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
        return runs.startUnwritten(task, place);
    }

    private Admission.Place enter(NewTask task, boolean waitedFor) {
        return admission.enter(
                task.tenant(), task.task().getPriority(), task.task().getSerializedSize(), waitedFor);
    }

    /** The first request's answer, once it has one. */
    private TaskResult answerOf(String tenant, String taskId) {
        TaskResult result = store.find(tenant, taskId).orElseThrow(() -> TaskEvents.notFound(taskId));
        if (result.getState() == TaskResult.State.ENDED) {
            return result;
        }
        throw new PinfactoryException(
                ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                "the first request with this idempotency key is still running as task " + taskId,
                List.of(),
                RETRY_IN_FLIGHT,
                null);
    }

    private TaskResult await(String tenant, String taskId) {
        var run = runs.find(tenant, taskId);
        if (run.isPresent()) {
            try {
                return run.get().ended().join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof FencedException)) {
                    throw e;
                }
                // Another process goes on with it.
            }
        }
        AtomicReference<TaskResult> ended = new AtomicReference<>();
        try {
            events.follow(tenant, taskId, 0, event -> {
                if (event.hasEnded()) {
                    ended.set(event.getEnded());
                }
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PinfactoryException(ErrorCode.UNAVAILABLE, "the service stops; ask for task " + taskId, e);
        }
        TaskResult result = ended.get();
        return result == null ? answerOf(tenant, taskId) : result;
    }

    /** Plans without running. */
    public PlanTaskResponse plan(Caller caller, Task given) {
        return switch (planned(caller, given).outcome()) {
            case Planned.Accepted accepted ->
                PlanTaskResponse.newBuilder()
                        .setPlan(accepted.commit().getPlan())
                        .build();
            case Planned.Refused refused ->
                PlanTaskResponse.newBuilder().setRefusal(refused.refusal()).build();
        };
    }

    /**
     * A task that was planned and does not run.
     *
     * @param task as it was planned: a pinned plan's with its instruction, output schema and plan
     */
    public record PlannedTask(Task task, Planned outcome) {}

    /** What planning comes to, without running. */
    public PlannedTask planned(Caller caller, Task given) {
        ResolvedTask task = requests.forPlanning(caller.tenant(), given);
        Instant now = clock.instant();
        Instant deadline = requests.deadline(caller, given, now);
        try {
            Planned planned = planning.plan(caller.tenant(), task, TaskIds.next(now), deadline);
            quotas.spent(caller.tenant(), planned.cost());
            return new PlannedTask(task.task(), planned);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PinfactoryException(ErrorCode.UNAVAILABLE, "the service stops", e);
        }
    }
}
