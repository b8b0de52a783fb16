package dev.pinfactory.orchestrator.service.run;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.orchestrator.engine.Execution;
import dev.pinfactory.orchestrator.engine.ExecutionRequest;
import dev.pinfactory.orchestrator.service.dispatch.Silence;
import dev.pinfactory.orchestrator.service.event.EventLog;
import dev.pinfactory.orchestrator.service.pin.ResolvedTask;
import dev.pinfactory.orchestrator.service.plan.Planned;
import dev.pinfactory.orchestrator.service.quota.Quotas;
import dev.pinfactory.orchestrator.service.store.OpenTask;
import dev.pinfactory.orchestrator.service.store.Progress;
import dev.pinfactory.orchestrator.service.trace.Tracing;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.Version;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One run of one task: plans if there is no plan yet, then hands the engine one event after the other and does what it says. One thread; others only
 * put events into its queue.
 */
final class TaskRun {
    private final OpenTask open;
    private final RunJournal journal;
    private final EventLog log;
    private final RunTools tools;
    private final EventStamp stamp;
    private final OutboxEvents outbox;
    /** Bounded by what is in flight: each call answers once, and the timer is one. */
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private final Calls calls;
    private final TaskTimer timer;
    private volatile TaskResult result;
    private volatile SemanticTypes types = SemanticTypes.builtIn();
    private volatile PlanCommit planned = PlanCommit.getDefaultInstance();
    private List<Artifact> inputs = List.of();

    /** @param silence told while a call waits for an endpoint that answers nobody */
    TaskRun(OpenTask open, RunJournal journal, EventLog log, RunTools tools, Silence silence) {
        this.open = open;
        this.journal = journal;
        this.log = log;
        this.tools = tools;
        this.result = open.result();
        String tenant = open.claim().tenant();
        String taskId = open.claim().taskId();
        this.stamp = new EventStamp(taskId, open.lastSequence());
        this.outbox = new OutboxEvents(tenant, taskId, open.task());
        this.calls = new Calls(
                tools, request -> tools.content().prepare(tenant, request, types), events::add, silence, this::hold);
        this.timer = new TaskTimer(tools.timers(), tools.clock(), () -> events.add(new Event.Tick(now())));
    }

    /** The task as it is now. */
    TaskResult result() {
        return result;
    }

    /** Tells the engine: it ends the task as CANCELLED. */
    void requestCancel(String reason) {
        events.add(new Event.CancelRequested(now(), reason));
    }

    /** Tells the engine: it cancels what is in flight and says nothing more. */
    void abandon() {
        events.add(new Event.Abandoned(now()));
    }

    /** Says that the task runs. */
    void begin() {
        if (result.getState() == TaskResult.State.RUNNING) {
            return;
        }
        result = Results.running(result, now());
        write(Progress.result(result, List.of(stamp.state(now(), TaskResult.State.RUNNING)), List.of()));
    }

    /** A plan or a refusal. Writes nothing, waits for the network alone, and may be interrupted. */
    Planned plan() throws InterruptedException {
        String tenant = open.claim().tenant();
        Planned outcome = tools.planning()
                .plan(
                        tenant,
                        new ResolvedTask(affordable(), open.pinned()),
                        open.claim().taskId(),
                        open.deadline());
        tools.quotas().spent(tenant, outcome.cost());
        return outcome;
    }

    /** Without language models where the tenant can't pay for any. */
    private Task affordable() {
        Task task = open.task();
        if (!task.getConstraints().getMayEscalate()
                || tools.quotas().mayPay(open.claim().tenant())) {
            return task;
        }
        return task.toBuilder()
                .setConstraints(task.getConstraints().toBuilder().setMayEscalate(false))
                .build();
    }

    private Quotas.Held hold(Action.Call call) {
        String specialist = call.request().getSpecialist();
        Contract contract = planned.getContractsList().stream()
                .filter(one -> one.getId().equals(specialist))
                .findFirst()
                .orElse(Contract.getDefaultInstance());
        Version version = planned.getVersionsOrDefault(specialist, Version.getDefaultInstance());
        return tools.quotas().call(open.claim().tenant(), contract, version);
    }

    /** Writes the plan down, or ends the task without one. */
    Optional<PlanCommit> planned(Planned planned) {
        return switch (planned) {
            case Planned.Accepted accepted -> {
                PlanCommit commit = accepted.commit();
                result = Results.planned(result, commit);
                write(Progress.planned(commit, result, List.of(stamp.planned(now(), commit.getPlan()))));
                yield Optional.of(commit);
            }
            case Planned.Refused refused -> {
                end(Results.refused(result, refused, now()), List.of());
                yield Optional.empty();
            }
        };
    }

    /** From a plan to the end. */
    void execute(PlanCommit commit) throws InterruptedException {
        Contracts contracts = Contracts.of(commit.getContractsList());
        types = contracts.types();
        planned = commit;
        try {
            inputs = tools.content().readable(open.claim().tenant(), open.task().getInputsList(), types);
        } catch (PinfactoryException e) {
            fail(e.code(), String.valueOf(e.getMessage()));
            return;
        }
        ExecutionRequest request = new ExecutionRequest(
                CallContext.newBuilder()
                        .setTenant(open.claim().tenant())
                        .setTaskId(open.claim().taskId())
                        .build(),
                commit.getPlan(),
                contracts,
                open.task().getInstruction(),
                inputs,
                commit.getVersionsMap(),
                open.deadline());
        var settings = tools.settings().with(open.task().getConstraints()).withDurable(journal.durable());
        Execution execution = open.journal().isEmpty()
                ? Execution.create(request, settings)
                : Execution.resume(request, settings, open.journal());
        Deque<Event> committed = new ArrayDeque<>();
        committed.add(new Event.Started(now()));
        while (!execution.ended()) {
            Event event = committed.isEmpty() ? events.take() : committed.remove();
            committed.addAll(act(execution.on(event), commit, contracts));
        }
    }

    /** Does what the engine says, in its order, and answers what has been written down with it. */
    private List<Event> act(List<Action> actions, PlanCommit plan, Contracts contracts) {
        List<TaskEvent> told = new ArrayList<>();
        List<StepCommit> steps = new ArrayList<>();
        for (Action action : actions) {
            switch (action) {
                case Action.Call call -> {
                    outbox.given(call.id(), call.request());
                    calls.start(call);
                }
                case Action.CancelCall cancel -> calls.cancel(cancel.id());
                case Action.Commit commit -> steps.add(commit.commit());
                case Action.WakeAt wake -> timer.wakeAt(wake.at());
                case Action.StepBegan began -> told.add(stamp.started(began.at(), began.started()));
                case Action.StepEnded ended -> {
                    count(ended);
                    if (!ended.fromJournal()
                            || !open.told().contains(ended.record().step())) {
                        told.add(stamp.ended(ended.at(), ended.record().report()));
                    }
                }
                case Action.End end -> {
                    write(progress(steps, told));
                    steps.clear();
                    told.clear();
                    merge(plan, contracts, end.ending());
                }
            }
        }
        write(progress(steps, told));
        List<Event> committed = new ArrayList<>();
        for (StepCommit step : steps) {
            OptionalInt item = step.hasItem() ? OptionalInt.of(step.getItem()) : OptionalInt.empty();
            committed.add(new Event.Committed(now(), step.getReport().getStep(), item));
        }
        return committed;
    }

    /** The call was answered in time; that the answer was none is found by the engine. */
    private void count(Action.StepEnded ended) {
        StepReport report = ended.record().report();
        if (!ended.fromJournal() && report.getCode().equals(ErrorCode.SPECIALIST_OUTPUT_INVALID.name())) {
            tools.outcomes().invalid(report.getSpecialist(), report.getVersion());
        }
    }

    private Progress progress(List<StepCommit> steps, List<TaskEvent> told) {
        Instant at = now();
        return Progress.of(
                steps, told, steps.stream().map(step -> outbox.step(at, step)).toList());
    }

    private void merge(PlanCommit plan, Contracts contracts, Ending ending) {
        Instant at = now();
        TaskResult merged = Results.ended(result, open.task(), inputs, plan, contracts, ending, at);
        TaskResult ended = merged.toBuilder()
                .setLlmEstimate(tools.llmPrice().estimate(open.task(), merged.getOutput()))
                .build();
        end(ended, journal.durable() ? List.of() : outbox.steps(at, ending.steps()));
    }

    /** Ends the task before or instead of running it. */
    void fail(ErrorCode code, String message) {
        end(Results.failed(result, code, message, now()), List.of());
    }

    private void end(TaskResult ended, List<dev.pinfactory.proto.events.v1.Event> steps) {
        List<dev.pinfactory.proto.events.v1.Event> told = new ArrayList<>(steps);
        told.add(outbox.task(now(), ended));
        write(Progress.result(ended, List.of(stamp.ended(now(), ended)), told));
        result = ended;
    }

    /** First on disk, then to those who watch: nobody sees what a crash could take back. */
    private void write(Progress progress) {
        if (progress.events().isEmpty() && progress.steps().isEmpty()) {
            return;
        }
        journal.commit(progress);
        log.append(progress.events());
    }

    /** Leaves nothing behind in flight. */
    void stop() {
        timer.cancel();
        calls.cancelAll();
    }

    Tracing.Span span() {
        return tools.tracing().startRun("task", open.traceParent());
    }

    private Instant now() {
        return tools.clock().instant();
    }
}
