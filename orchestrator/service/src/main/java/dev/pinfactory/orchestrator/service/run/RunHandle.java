package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.service.event.EventLog;
import dev.pinfactory.orchestrator.service.event.TaskEvents;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.orchestrator.service.store.FencedException;
import dev.pinfactory.orchestrator.service.store.OpenTask;
import dev.pinfactory.orchestrator.service.task.Admission;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import io.micrometer.tracing.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** A run from outside: waits for its turn, ends once, can be cancelled, and can be given up without an end so that another process goes on. */
public final class RunHandle {
    private static final Logger LOG = LoggerFactory.getLogger(RunHandle.class);

    /** How often a watcher to whom nothing happens is asked whether it is still there. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final OpenTask open;
    private final List<TaskEvent> accepted;
    private final RunJournal journal;
    private final RunTools tools;
    private final Admission.Place place;
    private final EventLog log;
    private final TaskRun run;
    private final CompletableFuture<TaskResult> ended = new CompletableFuture<>();
    private final Thread thread;

    /** Why it is to stop, once somebody says so. The first word counts. */
    private final CompletableFuture<Stop> stop = new CompletableFuture<>();

    /** Why a run stops before its end. */
    private sealed interface Stop {
        /** The caller does not want the result any more. */
        record Cancelled(String reason) implements Stop {}

        /** The task goes on elsewhere. */
        record GivenUp() implements Stop {}
    }

    /** @param accepted the events of the task's acceptance, where this process knows them */
    RunHandle(OpenTask open, List<TaskEvent> accepted, RunJournal journal, RunTools tools, Admission.Place place) {
        this.open = open;
        this.accepted = List.copyOf(accepted);
        this.journal = journal;
        this.tools = tools;
        this.place = place;
        this.log = new EventLog(open.lastSequence());
        this.run = new TaskRun(open, journal, log, tools, place::silent);
        if (open.cancelRequested()) {
            stop.complete(new Stop.Cancelled("cancelled by the caller"));
        }
        this.thread = Thread.ofVirtual().name("task-" + taskId()).unstarted(this::run);
    }

    void start() {
        tools.events().opened(tenant(), taskId(), log);
        thread.start();
    }

    public String taskId() {
        return open.claim().taskId();
    }

    public String tenant() {
        return open.claim().tenant();
    }

    public boolean durable() {
        return journal.durable();
    }

    /** Ends with the result; with {@link FencedException} when the run was given up or taken away before. */
    public CompletableFuture<TaskResult> ended() {
        return ended;
    }

    /** The task as it is now. */
    public TaskResult current() {
        return run.result();
    }

    /** Hands over the events of this run from the first on, until the task ends or the watcher stops. */
    public void follow(TaskEvents.Watcher watcher) throws InterruptedException {
        for (TaskEvent event : accepted) {
            if (!watcher.accept(event)) {
                return;
            }
        }
        long last = open.lastSequence();
        while (true) {
            boolean over = log.closed();
            List<TaskEvent> events = log.after(last);
            for (TaskEvent event : events) {
                if (!watcher.accept(event)) {
                    return;
                }
                last = event.getSequence();
            }
            if (events.isEmpty() && (over || watcher.gone())) {
                return;
            }
            if (events.isEmpty()) {
                log.await(last, LOOK_AGAIN);
            }
        }
    }

    /** Ends the task as CANCELLED, unless it has ended. */
    public void cancel(String reason) {
        stop.complete(new Stop.Cancelled(reason));
    }

    /** Stops without an end: the task goes on elsewhere. */
    void giveUp() {
        stop.complete(new Stop.GivenUp());
    }

    /** Waits until the thread has let go of everything. */
    boolean awaitStopped(Duration atMost) throws InterruptedException {
        return thread.join(atMost);
    }

    private void run() {
        MDC.put("taskId", taskId());
        try (var span = run.span()) {
            MDC.put("traceId", span.traceId());
            runToEnd();
            ended.complete(run.result());
            LOG.info("task ended {}", run.result().getStatus());
        } catch (FencedException e) {
            LOG.info("stopped: {}", e.getMessage());
            ended.completeExceptionally(e);
        } catch (DataAccessException | TransactionException e) {
            // The lease is not renewed any more; whoever claims the task goes on from its journal.
            LOG.error("the run broke off: the store failed", e);
            ended.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOG.error("the run broke off", e);
            endBroken(e);
        } finally {
            run.stop();
            place.close();
            tools.events().closed(taskId(), log);
            MDC.clear();
        }
    }

    /** A fault would come again in every other process: the task ends by it, instead of being taken over for ever. */
    private void endBroken(RuntimeException fault) {
        try {
            run.fail(ErrorCode.INTERNAL, "internal error; the logs have the cause under this trace id");
            ended.complete(run.result());
        } catch (RuntimeException e) {
            fault.addSuppressed(e);
            ended.completeExceptionally(fault);
        }
    }

    private void runToEnd() {
        if (!awaitTurn()) {
            run.fail(ErrorCode.DEADLINE_EXCEEDED, "the deadline passed before the task's turn came");
            return;
        }
        if (stop.isDone() && open.journal().isEmpty()) {
            stopped(stop.join());
            return;
        }
        Optional<PlanCommit> plan = open.planned().or(this::plan);
        if (plan.isPresent()) {
            execute(plan.get());
        }
    }

    /** False when the deadline came first. A task that is in the middle of its run may use what the engine leaves it. */
    private boolean awaitTurn() {
        Duration left = Duration.between(tools.clock().instant(), open.deadline());
        try {
            CompletableFuture.anyOf(place.turn(), stop).get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return open.planned().isPresent() && place.turn().isDone();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<PlanCommit> plan() {
        run.begin();
        CompletableFuture<Planned> planned = new CompletableFuture<>();
        Optional<TraceContext> context = tools.tracing().context();
        NetworkCall planning = new NetworkCall("plan-" + taskId(), thread -> {
            try (var traced = tools.tracing().open(context)) {
                planned.complete(thread.await(run::plan));
            } catch (InterruptedException | RuntimeException e) {
                planned.completeExceptionally(e);
            }
        });
        planning.start();
        CompletableFuture.anyOf(planned.handle((answer, failure) -> answer != null), stop)
                .join();
        if (!planned.isDone()) {
            planning.cancel();
            stopped(stop.join());
            return Optional.empty();
        }
        try {
            return run.planned(planned.join());
        } catch (CompletionException e) {
            PinfactoryException failure = Errors.fromThrowable(e);
            if (failure.code() == ErrorCode.INTERNAL) {
                LOG.error("planning failed", e);
            }
            run.fail(failure.code(), String.valueOf(failure.getMessage()));
            return Optional.empty();
        }
    }

    private void execute(PlanCommit plan) {
        stop.thenAccept(why -> {
            switch (why) {
                case Stop.Cancelled cancelled -> run.requestCancel(cancelled.reason());
                case Stop.GivenUp givenUp -> run.abandon();
            }
        });
        long start = System.nanoTime();
        try {
            run.execute(plan);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (run.result().getState() != TaskResult.State.ENDED) {
            throw new FencedException(open.claim());
        }
        if (open.journal().isEmpty() && run.result().getStatus() == TaskResult.Status.COMPLETE) {
            place.ran(kind(plan), System.nanoTime() - start);
        }
    }

    /** Tasks whose steps are done by the same specialists take about as long. */
    private static String kind(PlanCommit plan) {
        return plan.getPlan().getStepsList().stream()
                .map(Step::getSpecialist)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void stopped(Stop why) {
        switch (why) {
            case Stop.Cancelled cancelled -> run.fail(ErrorCode.CANCELLED, cancelled.reason());
            case Stop.GivenUp givenUp -> throw new FencedException(open.claim());
        }
    }
}
