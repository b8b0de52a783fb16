package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepCommit;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Watches one run from outside, and knows what was really answered, committed and cancelled. */
final class Invariants {
    private final Scenario scenario;
    private final Map<String, Step> steps = new HashMap<>();

    private final Map<String, Set<String>> taskTexts = new HashMap<>();

    /** Texts that were answered, by the step and item that they answer. */
    private final Map<String, Set<String>> answered = new HashMap<>();

    private final Set<String> journal = new HashSet<>();
    private final Set<CallId> open = new HashSet<>();
    private final Map<String, Integer> lastAttempt = new HashMap<>();
    private final Set<String> good = new HashSet<>();
    private final Set<String> endedSteps = new HashSet<>();
    private Instant resumedAt = Scenario.START;
    private long calls;
    private boolean ended;
    private boolean cancelled;

    Invariants(Scenario scenario) {
        this.scenario = scenario;
        scenario.request().inputs().forEach(input -> taskTexts.put(input.getName(), texts(input)));
        scenario.request().plan().getStepsList().forEach(step -> steps.put(step.getId(), step));
    }

    /** The process died, and what was in flight with it; another one goes on later. */
    void crashed(Map<String, StepCommit> committed, Instant goesOn) {
        resumedAt = goesOn;
        // Calls that were in flight left no trace: the budget counts what the journal knows.
        calls = committed.values().stream()
                .mapToLong(commit -> commit.getReport().getAttemptsCount())
                .sum();
        open.clear();
        endedSteps.clear();
        good.clear();
        good.addAll(committed.keySet());
        lastAttempt.clear();
    }

    void cancelRequested() {
        cancelled = true;
    }

    void committed(String key) {
        journal.add(key);
    }

    /** An answer reaches the engine. It counts only while somebody waits for it. */
    void delivered(CallId call, List<Artifact> outputs, boolean enough) {
        if (!open.remove(call)) {
            return;
        }
        Set<String> texts = answered.computeIfAbsent(key(call), key -> new HashSet<>());
        outputs.forEach(output -> texts.addAll(texts(output)));
        if (enough) {
            good.add(key(call));
        }
    }

    /** A call ended without outputs. */
    void over(CallId call) {
        open.remove(call);
    }

    boolean isEnded() {
        return ended;
    }

    void action(Action action, Instant now) {
        require(!ended, Invariant.EndsExactlyOnce, () -> action + " after the end");
        switch (action) {
            case Action.Call call -> call(call, now);
            case Action.CancelCall cancel -> open.remove(cancel.id());
            case Action.StepEnded step ->
                require(
                        endedSteps.add(step.record().step()),
                        Invariant.EachStepEndsOnce,
                        () -> step.record().step() + " ended twice");
            case Action.End end -> end(end, now);
            case Action.Commit commit -> {}
            case Action.WakeAt wake -> {}
            case Action.StepBegan began -> {}
        }
    }

    private void call(Action.Call call, Instant now) {
        CallId id = call.id();
        String key = key(id);
        calls++;
        require(calls <= scenario.settings().budget().maxCalls(), Invariant.BudgetHolds, () -> calls + " calls");
        require(!journal.contains(key), Invariant.CompletedStepsNeverRunAgain, () -> key + " is in the journal");
        require(
                call.deadline().isAfter(now)
                        && call.deadline().isBefore(scenario.request().deadline()),
                Invariant.WithinDeadline,
                () -> "call deadline " + call.deadline() + " at " + now);
        int before = lastAttempt.getOrDefault(key, -1);
        boolean othersFlying = open.stream()
                .anyMatch(each -> each.step().equals(id.step()) && each.item().equals(id.item()));
        require(
                id.attempt() > before && !othersFlying && !good.contains(key),
                Invariant.FallbacksInOrder,
                () -> id + " after attempt " + before);
        lastAttempt.put(key, id.attempt());
        inputs(call);
        open.add(id);
        long flying =
                open.stream().filter(each -> each.step().equals(id.step())).count();
        require(
                flying <= scenario.settings().itemWindow(),
                Invariant.ItemsWithinWindow,
                () -> flying + " calls of " + id.step());
    }

    private void inputs(Action.Call call) {
        Step step = steps.get(call.id().step());
        for (InputBinding input : step.getInputsList()) {
            String named = call.request().getSpecialist().startsWith("spare")
                    ? input.getPort().replace("in", "eats")
                    : input.getPort();
            for (Artifact artifact : call.request().getInputsList()) {
                if (!artifact.getName().equals(named)) {
                    continue;
                }
                for (String text : texts(artifact)) {
                    require(
                            isBound(input, text),
                            Invariant.NoStepBeforeItsInputs,
                            () -> call.id() + " got '" + text + "' which nobody it is bound to has answered");
                    if (scenario.settings().durable() && text.startsWith("s")) {
                        String source = text.substring(0, text.indexOf('#'));
                        require(
                                journal.contains(source),
                                Invariant.JournalBeforeDependents,
                                () -> call.id() + " reads " + source + ", which is not in the journal");
                    }
                }
            }
        }
        boolean waits = step.getSpecialist().startsWith("work");
        require(
                !waits || call.request().getInputsCount() == step.getInputsCount(),
                Invariant.NoStepBeforeItsInputs,
                () -> call.id() + " has " + call.request().getInputsCount() + " inputs");
    }

    /** Whether a text is a task input or the answer of a step that the input is bound to. Answers begin with the step that gave them. */
    private boolean isBound(InputBinding input, String text) {
        String source = text.startsWith("s") ? text.substring(0, text.indexOf('#')) : "";
        boolean wasAnswered = answered.getOrDefault(source, Set.of()).contains(text);
        for (Binding binding : input.getSourcesList()) {
            String step = binding.getStepOutput().getStep();
            boolean fits = binding.hasTaskInput()
                    ? taskTexts
                            .getOrDefault(binding.getTaskInput().getName(), Set.of())
                            .contains(text)
                    : wasAnswered && (source.equals(step) || source.startsWith(step + "/"));
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private void end(Action.End end, Instant now) {
        ended = true;
        Ending ending = end.ending();
        require(
                !now.isAfter(scenario.request().deadline()) || now.equals(resumedAt),
                Invariant.WithinDeadline,
                () -> "ended at " + now);
        require(open.isEmpty(), Invariant.CancelReachesAll, () -> open + " still in flight");
        require(
                endedSteps.equals(steps.keySet()) && ending.steps().size() == steps.size(),
                Invariant.EachStepEndsOnce,
                () -> endedSteps + " ended of " + steps.keySet());
        require(
                ending.status() == Oracle.status(scenario, ending, cancelled),
                Invariant.StatusMatchesOutcomes,
                () -> ending.status() + ", expected " + Oracle.status(scenario, ending, cancelled));
        boolean hasReason = ending.error().isPresent();
        boolean wantsReason = switch (ending.status()) {
            case FAILED, CANCELLED -> true;
            case COMPLETE, PARTIAL, REFUSED, STATUS_UNSPECIFIED, UNRECOGNIZED -> false;
        };
        require(
                hasReason == wantsReason,
                Invariant.StatusMatchesOutcomes,
                () -> ending.status() + " with error " + ending.error());
        require(
                ending.cost().getCalls() == calls,
                Invariant.BudgetHolds,
                () -> "cost says " + ending.cost().getCalls() + " calls, made were " + calls);
        ending.steps().forEach(this::outputs);
    }

    private void outputs(StepRecord record) {
        if (!(record.outcome() instanceof StepOutcome.Succeeded succeeded)) {
            return;
        }
        for (Artifact output : succeeded.outputs()) {
            if (record.items().isEmpty()) {
                answeredBy(record.step(), output);
                continue;
            }
            for (int i = 0; i < output.getItems().getItemsCount(); i++) {
                boolean hole = output.getItems().getHolesList().contains(i);
                boolean good = record.items().get(i) instanceof StepOutcome.Succeeded;
                int index = i;
                require(
                        hole != good,
                        Invariant.OutcomesWereAnswered,
                        () -> record.step() + " item " + index + ": hole " + hole);
                if (!hole) {
                    answeredBy(
                            key(new CallId(record.step(), OptionalInt.of(i), 0)),
                            output.getItems().getItems(i));
                }
            }
        }
    }

    private void answeredBy(String key, Artifact output) {
        require(
                answered.getOrDefault(key, Set.of()).containsAll(texts(output)),
                Invariant.OutcomesWereAnswered,
                () -> key + " never answered " + texts(output));
    }

    static String key(CallId call) {
        return key(call.step(), call.item());
    }

    static String key(String step, OptionalInt item) {
        return item.isPresent() ? step + "/" + item.getAsInt() : step;
    }

    private static Set<String> texts(Artifact artifact) {
        if (!artifact.hasItems()) {
            return artifact.hasText() ? Set.of(artifact.getText()) : Set.of();
        }
        Set<String> texts = new HashSet<>();
        artifact.getItems().getItemsList().forEach(item -> texts.addAll(texts(item)));
        return texts;
    }

    private static void require(boolean holds, Invariant invariant, java.util.function.Supplier<String> detail) {
        if (!holds) {
            throw new Broken(invariant, detail.get());
        }
    }
}
