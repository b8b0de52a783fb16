package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan. Not thread-safe: the shell hands it one event after the other.
 *
 * <p>A step starts the moment its own inputs are there. What an event leads to comes back as actions, in order; the execution itself does nothing.
 */
public final class Execution {
    /** Of the time that is left at the start, kept for merge and answer. */
    private static final double RESERVE = 0.05;
    /** Who fails with one of these has not begun to work. */
    private static final Set<ErrorCode> NOT_TAKEN = Set.of(
            ErrorCode.SPECIALIST_UNAVAILABLE,
            ErrorCode.SPECIALIST_OVERLOADED,
            ErrorCode.SPECIALIST_INPUT_INVALID,
            ErrorCode.PERMISSION_DENIED,
            ErrorCode.NOT_FOUND);

    private final ExecutionRequest request;
    private final ExecutionSettings settings;
    private final PlanGraph graph;
    private final List<StepRun> runs;
    private final CriticalPath path;
    private final Spending spending;
    private final Calls calls;
    private final Preparation preparation;
    private final Landing landing;
    private final Deque<StepRun> ready = new ArrayDeque<>();

    private List<Action> actions = new ArrayList<>();
    private Instant now = Instant.MIN;
    private Instant end = Instant.MAX;
    private @Nullable Instant armed;
    private boolean started;
    private boolean ended;
    private int openSteps;

    private Execution(ExecutionRequest request, ExecutionSettings settings, List<StepCommit> journal) {
        this.request = request;
        this.settings = settings;
        Plan plan = request.plan();
        runs = new ArrayList<>(plan.getStepsCount());
        Estimates estimates = new Estimates(request.versions(), settings.defaultEstimate());
        graph = new PlanGraph(plan);
        path = new CriticalPath(graph, step -> estimates.of(plan.getSteps(step).getSpecialist()));
        spending = new Spending(settings.budget());
        calls = new Calls(request, settings, estimates, spending);
        Bindings bindings = new Bindings(
                request.inputs(),
                request.instruction(),
                settings.maxItems(),
                step -> runs.get(graph.find(step)).outcome());
        preparation = new Preparation(bindings);
        landing = new Landing(new AnswerCheck(request.contracts().types()), settings.minFieldConfidence());
        for (Step step : plan.getStepsList()) {
            List<Candidate> candidates = Candidate.of(step, request.contracts());
            boolean required = StatusRule.isRequired(step, settings.allowPartial());
            int index = runs.size();
            runs.add(new StepRun(
                    index, step, candidates, required, graph.needs(index).size()));
        }
        openSteps = runs.size();
        journal.forEach(this::replay);
    }

    /**
     * A new execution, which waits for {@link Event.Started}.
     *
     * @throws IllegalArgumentException for a plan with a cycle, a step id twice or an unknown step
     */
    public static Execution create(ExecutionRequest request, ExecutionSettings settings) {
        return new Execution(request, settings, List.of());
    }

    /** An execution that goes on where the journal ends: what is committed never runs again. Waits for {@link Event.Started}. */
    public static Execution resume(ExecutionRequest request, ExecutionSettings settings, List<StepCommit> journal) {
        return new Execution(request, settings, journal);
    }

    /** Takes one event and answers what to do, in order; nothing when the event is late, a duplicate or unknown. */
    public List<Action> on(Event event) {
        if (ended) {
            return List.of();
        }
        actions = new ArrayList<>();
        now = event.at().isAfter(now) ? event.at() : now;
        switch (event) {
            case Event.Started begun -> start();
            case Event.Answered answered -> answered(answered);
            case Event.CallFailed failed -> failed(failed.call(), failed.code(), failed.detail());
            case Event.Committed committed -> committed(committed.step(), committed.item());
            case Event.Tick tick -> {}
            case Event.CancelRequested cancel -> stop(StatusRule.Stop.CANCELLED, cancel.reason());
            case Event.Abandoned abandoned -> abandon();
        }
        if (started && !ended) {
            advance();
        }
        return actions;
    }

    /** Whether {@link Action.End} was given, or the execution was abandoned. */
    public boolean ended() {
        return ended;
    }

    private void replay(StepCommit commit) {
        int index = graph.find(commit.getReport().getStep());
        if (index < 0 || runs.get(index).isIterated() != commit.hasItem()) {
            return;
        }
        OptionalInt item = commit.hasItem() ? OptionalInt.of(commit.getItem()) : OptionalInt.empty();
        if (runs.get(index).journal(item, commit)) {
            spending.replay(commit.getReport().getCost(), commit.getReport().getAttemptsCount());
        }
    }

    private void start() {
        if (started) {
            return;
        }
        started = true;
        Duration left = Duration.between(now, request.deadline());
        Duration share = Duration.ofNanos((long) (left.toNanos() * RESERVE));
        end = request.deadline().minus(share.compareTo(settings.minReserve()) > 0 ? share : settings.minReserve());
        for (StepRun run : runs) {
            if (run.needs == 0) {
                ready.add(run);
            }
        }
    }

    /** Lets everything happen that can happen now. */
    private void advance() {
        if (armed != null && !now.isBefore(armed)) {
            expire();
        }
        if (!ended && !now.isBefore(end)) {
            stop(StatusRule.Stop.DEADLINE, "");
        }
        while (!ended && !ready.isEmpty()) {
            begin(ready.remove());
        }
        if (!ended && openSteps == 0) {
            stop(StatusRule.Stop.DONE, "");
        }
        if (!ended) {
            arm();
        }
    }

    private void begin(StepRun run) {
        StepCommit journaled = run.journaled(OptionalInt.empty());
        if (journaled != null) {
            run.begin(Times.instant(journaled.getReport().getStartedAt()));
            Unit unit = new Unit(run.id(), OptionalInt.empty());
            restore(unit, journaled);
            run.units.add(unit);
            finish(run, run.result());
            return;
        }
        switch (preparation.prepare(run)) {
            case Prepared.Unavailable none -> finish(run, new StepOutcome.Skipped(none.reason(), none.cause()));
            case Prepared.Invalid invalid -> finish(run, new StepOutcome.Failed(invalid.code(), invalid.detail()));
            case Prepared.Ready prepared -> launch(run, prepared);
        }
    }

    private void launch(StepRun run, Prepared.Ready prepared) {
        run.prepared = prepared;
        run.begin(now);
        int count = prepared.items().map(List::size).orElse(1);
        String specialist = run.step.getSpecialist();
        String version = request.version(specialist).getNumber();
        actions.add(new Action.StepBegan(
                now,
                StepStarted.newBuilder()
                        .setStep(run.id())
                        .setSpecialist(specialist)
                        .setVersion(version)
                        .build()));
        run.units.ensureCapacity(count);
        for (int i = 0; i < count; i++) {
            Unit unit = unit(run, prepared, i);
            run.units.add(unit);
            run.open += unit.settled() ? 0 : 1;
        }
        if (run.open == 0 || run.isHopeless()) {
            finish(run, run.result());
            return;
        }
        fill(run);
    }

    private Unit unit(StepRun run, Prepared.Ready prepared, int index) {
        OptionalInt item = run.isIterated() ? OptionalInt.of(index) : OptionalInt.empty();
        Unit unit = new Unit(run.id(), item);
        StepCommit journaled = run.journaled(item);
        if (journaled != null) {
            restore(unit, journaled);
        } else if (prepared.items().isPresent()
                && prepared.items().get().get(index).isEmpty()) {
            unit.end(now, new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, missing(run, index)));
            unit.settle();
        }
        return unit;
    }

    /** Which item did not come, and why not where one step for each item brought the list. */
    private String missing(StepRun run, int index) {
        List<Binding> sources = run.step.getInputsList().stream()
                .filter(binding -> binding.getPort().equals(run.step.getForEach()))
                .flatMap(binding -> binding.getSourcesList().stream())
                .toList();
        int from = sources.size() == 1 && sources.getFirst().hasStepOutput()
                ? graph.find(sources.getFirst().getStepOutput().getStep())
                : -1;
        if (from < 0) {
            return "item " + index + " of its input";
        }
        String item = "item " + index + " of " + runs.get(from).id();
        StepOutcome outcome =
                runs.get(from).unit(OptionalInt.of(index)).map(Unit::outcome).orElse(null);
        return switch (outcome) {
            case StepOutcome.Failed failed -> item + " (" + failed.code() + ": " + failed.detail() + ")";
            case StepOutcome.Abstained abstained -> item + " (abstained: " + abstained.reason() + ")";
            case StepOutcome.Skipped skipped -> skipped.cause();
            case StepOutcome.Cancelled cancelled -> item + " (cancelled before it ended)";
            case StepOutcome.Succeeded succeeded -> item;
            case null -> item;
        };
    }

    /** Calls as many of the waiting units as the window allows. */
    private void fill(StepRun run) {
        if (run.filling) {
            // A unit that could not be called landed at once; the loop that called it goes on.
            return;
        }
        run.filling = true;
        while (!run.ended() && run.nextUnit < run.units.size() && run.flying < settings.itemWindow()) {
            Unit unit = run.units.get(run.nextUnit++);
            if (unit.settled()) {
                continue;
            }
            run.flying++;
            call(run, unit);
        }
        run.filling = false;
    }

    private void call(StepRun run, Unit unit) {
        Optional<Action.Call> call = calls.next(run, unit, now, end, path.behind(run.index));
        if (call.isPresent()) {
            actions.add(call.get());
            return;
        }
        unit.conclude(now);
        landed(run, unit);
    }

    private void answered(Event.Answered event) {
        Calls.Flying flying = calls.flying().remove(event.call());
        if (flying == null) {
            return;
        }
        spending.settle(event.call(), event.response().getCost());
        if (landing.land(flying, event.response(), now)) {
            flying.unit().conclude(now);
            landed(flying.run(), flying.unit());
        } else {
            call(flying.run(), flying.unit());
        }
    }

    private void failed(CallId call, ErrorCode code, String detail) {
        Calls.Flying flying = calls.flying().remove(call);
        if (flying == null) {
            return;
        }
        spending.lost(call, !NOT_TAKEN.contains(code));
        flying.unit().failed(now, code, detail, Cost.getDefaultInstance());
        call(flying.run(), flying.unit());
    }

    /** Calls whose deadline has passed are given up, whether or not their answer is on its way. */
    private void expire() {
        List<Calls.Flying> late = calls.flying().values().stream()
                .filter(each -> !now.isBefore(each.flight().deadline()))
                .toList();
        for (Calls.Flying each : late) {
            CallId id = each.flight().id();
            // A required step that timed out a moment ago may have stopped everything.
            if (ended || !calls.flying().containsKey(id)) {
                continue;
            }
            actions.add(new Action.CancelCall(id));
            failed(id, ErrorCode.SPECIALIST_TIMEOUT, each.flight().specialist() + " did not answer in time");
        }
    }

    /** The unit has an outcome. */
    private void landed(StepRun run, Unit unit) {
        run.flying--;
        if (settings.durable()) {
            actions.add(new Action.Commit(Reports.commit(run.id(), unit)));
        } else {
            settled(run, unit);
        }
        fill(run);
    }

    private void committed(String step, OptionalInt item) {
        int index = graph.find(step);
        Optional<Unit> unit = index < 0 ? Optional.empty() : runs.get(index).unit(item);
        boolean waitedFor = unit.isPresent()
                && unit.get().outcome() != null
                && !unit.get().settled()
                && !runs.get(index).ended();
        if (waitedFor) {
            settled(runs.get(index), unit.get());
        }
    }

    private void settled(StepRun run, Unit unit) {
        unit.settle();
        run.open--;
        if (run.open == 0 || run.isHopeless()) {
            cancelFlights(run);
            finish(run, run.result());
        }
    }

    private void finish(StepRun run, StepOutcome outcome) {
        if (run.ended()) {
            return;
        }
        run.end(now, outcome);
        openSteps--;
        actions.add(new Action.StepEnded(now, run.describe(ErrorCode.CANCELLED), run.restored()));
        if (run.required && StatusRule.isFailure(outcome)) {
            stop(StatusRule.Stop.REQUIRED_STEP, "");
            return;
        }
        if (!(outcome instanceof StepOutcome.Succeeded)) {
            path.recompute(step -> runs.get(step).ended());
        }
        for (int dependent : graph.dependents(run.index)) {
            if (--runs.get(dependent).needs == 0) {
                ready.add(runs.get(dependent));
            }
        }
    }

    private void stop(StatusRule.Stop why, String reason) {
        ended = true;
        ErrorCode cause = why == StatusRule.Stop.DEADLINE ? ErrorCode.DEADLINE_EXCEEDED : ErrorCode.CANCELLED;
        for (StepRun run : runs) {
            if (run.ended()) {
                continue;
            }
            cancelFlights(run);
            for (Unit unit : run.units) {
                if (unit.outcome() == null && why == StatusRule.Stop.DEADLINE) {
                    // What is known when time is up is better than nothing.
                    unit.conclude(now);
                } else if (unit.outcome() == null) {
                    unit.end(now, new StepOutcome.Cancelled());
                }
            }
            run.end(now, run.units.isEmpty() ? new StepOutcome.Cancelled() : run.result());
            actions.add(new Action.StepEnded(now, run.describe(cause), false));
        }
        List<StepOutcome> outcomes = new ArrayList<>(runs.size());
        List<StepRecord> records = new ArrayList<>(runs.size());
        for (StepRun run : runs) {
            outcomes.add(run.outcome());
            records.add(run.record());
        }
        StatusRule.Decision decision = StatusRule.decide(
                request.plan(),
                settings.allowPartial(),
                outcomes,
                step -> runs.get(step).hasGaps(),
                why,
                reason);
        actions.add(new Action.End(now, new Ending(decision.status(), decision.error(), records, spending.total())));
    }

    private void abandon() {
        runs.forEach(this::cancelFlights);
        ended = true;
    }

    private void cancelFlights(StepRun run) {
        for (Unit unit : run.units) {
            Unit.Flight flight = unit.flight();
            if (flight != null) {
                actions.add(new Action.CancelCall(flight.id()));
                calls.flying().remove(flight.id());
                spending.lost(flight.id(), true);
                unit.cancelFlight(now);
            }
        }
    }

    private void restore(Unit unit, StepCommit commit) {
        unit.restore(
                Reports.outcome(commit),
                commit.getReport(),
                Times.instant(commit.getReport().getStartedAt()),
                Times.instant(commit.getReport().getEndedAt()));
    }

    /** Asks to be woken at the earliest deadline, unless an earlier or equal waking is asked for already. */
    private void arm() {
        boolean due = armed == null || !now.isBefore(armed);
        Instant earliest = end;
        for (Calls.Flying each : calls.flying().values()) {
            Instant deadline = each.flight().deadline();
            earliest = deadline.isBefore(earliest) ? deadline : earliest;
        }
        if (due || earliest.isBefore(armed)) {
            armed = earliest;
            actions.add(new Action.WakeAt(earliest));
        }
    }
}
