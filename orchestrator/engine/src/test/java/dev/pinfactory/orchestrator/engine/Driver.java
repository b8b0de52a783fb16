package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Abstention;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Plays the shell by hand: hands events to one execution and remembers its actions. Calls are named {@code step}, {@code step/item}. */
final class Driver {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, Action.Call> open = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private final List<StepCommit> commits = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Execution execution;
    private Optional<Ending> ending = Optional.empty();
    private Optional<Instant> wake = Optional.empty();
    private Instant now = START;

    private Driver(Execution execution) {
        this.execution = execution;
    }

    /** What is run, and how; everything has a default. */
    static final class Setup {
        private final Plan.Builder plan = Plan.newBuilder();
        private final List<Artifact> inputs = new ArrayList<>(List.of(Plans.text("letter", "dear all")));
        private final Map<String, Version> versions = new LinkedHashMap<>();
        private ExecutionSettings settings = ExecutionSettings.defaults();
        private String instruction = "";
        private Duration time = Duration.ofSeconds(10);

        Setup(Step.Builder... steps) {
            Arrays.stream(steps).forEach(plan::addSteps);
        }

        Setup inputs(Artifact... more) {
            inputs.addAll(List.of(more));
            return this;
        }

        Setup settings(ExecutionSettings newSettings) {
            settings = newSettings;
            return this;
        }

        Setup instruction(String words) {
            instruction = words;
            return this;
        }

        Setup within(Duration newTime) {
            time = newTime;
            return this;
        }

        Setup version(String specialist, Version.Builder version) {
            versions.put(specialist, version.build());
            return this;
        }

        Setup unmet(String text) {
            plan.addUnmetBuilder().setText(text);
            return this;
        }

        ExecutionRequest request() {
            return new ExecutionRequest(
                    CallContext.newBuilder()
                            .setTenant("local")
                            .setTaskId("task")
                            .build(),
                    plan.build(),
                    Plans.CONTRACTS,
                    instruction,
                    inputs,
                    versions,
                    START.plus(time));
        }

        Driver start() {
            return resume(List.of());
        }

        Driver resume(List<StepCommit> journal) {
            Driver driver = new Driver(
                    journal.isEmpty()
                            ? Execution.create(request(), settings)
                            : Execution.resume(request(), settings, journal));
            driver.on(new Event.Started(START));
            return driver;
        }
    }

    static Setup of(Step.Builder... steps) {
        return new Setup(steps);
    }

    List<Action> on(Event event) {
        List<Action> actions = execution.on(event);
        for (Action action : actions) {
            switch (action) {
                case Action.Call call -> open.put(name(call.id()), call);
                case Action.CancelCall cancel -> {
                    open.remove(name(cancel.id()));
                    cancelled.add(name(cancel.id()));
                }
                case Action.Commit commit -> commits.add(commit.commit());
                case Action.WakeAt at -> wake = Optional.of(at.at());
                case Action.StepEnded step -> ended.add(step.record().step());
                case Action.End end -> ending = Optional.of(end.ending());
                case Action.StepBegan began -> {}
            }
        }
        return actions;
    }

    Driver after(int millis) {
        now = now.plusMillis(millis);
        return this;
    }

    Driver answer(String call, String text) {
        return answer(call, text, 1);
    }

    Driver answer(String call, String text, double confidence) {
        return answer(
                call,
                Plans.text("out", text).toBuilder().setConfidence(confidence).build());
    }

    Driver answer(String call, Artifact... outputs) {
        return respond(
                call,
                InferResponse.newBuilder()
                        .setOutputs(Outputs.newBuilder().addAllArtifacts(List.of(outputs)))
                        .setCost(Cost.newBuilder().setCpuSeconds(0.25))
                        .build());
    }

    Driver respond(String call, InferResponse response) {
        on(new Event.Answered(now, take(call), response));
        return this;
    }

    Driver fail(String call, ErrorCode code) {
        on(new Event.CallFailed(now, take(call), code, "it failed"));
        return this;
    }

    Driver abstain(String call, String reason, Artifact... guess) {
        return respond(
                call,
                InferResponse.newBuilder()
                        .setAbstention(Abstention.newBuilder().setReason(reason).addAllBestGuess(List.of(guess)))
                        .build());
    }

    Driver tick() {
        on(new Event.Tick(now));
        return this;
    }

    Driver cancel() {
        on(new Event.CancelRequested(now, "changed my mind"));
        return this;
    }

    Driver committed(String step) {
        on(new Event.Committed(now, step, OptionalInt.empty()));
        return this;
    }

    Driver committed(String step, int item) {
        on(new Event.Committed(now, step, OptionalInt.of(item)));
        return this;
    }

    /** The calls in flight, oldest first. */
    List<String> calls() {
        return List.copyOf(open.keySet());
    }

    Action.Call call(String name) {
        return Optional.ofNullable(open.get(name))
                .orElseThrow(() -> new AssertionError("no call " + name + " in " + open.keySet()));
    }

    List<String> cancelled() {
        return cancelled;
    }

    List<StepCommit> commits() {
        return commits;
    }

    List<String> endedSteps() {
        return ended;
    }

    Optional<Instant> wake() {
        return wake;
    }

    boolean isEnded() {
        return ending.isPresent();
    }

    Ending ending() {
        return ending.orElseThrow(() -> new AssertionError("not ended, in flight: " + open.keySet()));
    }

    StepRecord record(String step) {
        return ending().steps().stream()
                .filter(record -> record.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    StepOutcome outcome(String step) {
        return record(step).outcome();
    }

    private CallId take(String call) {
        CallId id = call(call).id();
        open.remove(call);
        return id;
    }

    private static String name(CallId id) {
        return id.item().isPresent() ? id.step() + "/" + id.item().getAsInt() : id.step();
    }
}
