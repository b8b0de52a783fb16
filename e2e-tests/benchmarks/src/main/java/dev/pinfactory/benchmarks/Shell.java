package dev.pinfactory.benchmarks;

import dev.pinfactory.orchestrator.engine.Action;
import dev.pinfactory.orchestrator.engine.CallId;
import dev.pinfactory.orchestrator.engine.Ending;
import dev.pinfactory.orchestrator.engine.Event;
import dev.pinfactory.orchestrator.engine.Execution;
import dev.pinfactory.orchestrator.engine.ExecutionRequest;
import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The least that drives an execution: a lock around it, an executor for calls, a timer for its waking. */
final class Shell {
    private final Execution execution;
    private final Map<String, Shape.Node> nodes;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final Map<CallId, Future<?>> calls = new HashMap<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private Optional<ScheduledFuture<?>> waking = Optional.empty();

    Shell(
            ExecutionRequest request,
            ExecutionSettings settings,
            Map<String, Shape.Node> nodes,
            ExecutorService executor,
            ScheduledExecutorService timer) {
        execution = Execution.create(request, settings);
        this.nodes = nodes;
        this.executor = executor;
        this.timer = timer;
    }

    Ending run() {
        tell(new Event.Started(Instant.now()));
        return ending.join();
    }

    private synchronized void tell(Event event) {
        for (Action action : execution.on(event)) {
            switch (action) {
                case Action.Call call -> calls.put(call.id(), executor.submit(() -> call(call.id(), call.request())));
                case Action.CancelCall cancel ->
                    Optional.ofNullable(calls.remove(cancel.id())).ifPresent(call -> call.cancel(true));
                case Action.WakeAt wake -> wake(wake.at());
                case Action.End end -> {
                    waking.ifPresent(scheduled -> scheduled.cancel(false));
                    ending.complete(end.ending());
                }
                case Action.Commit commit -> throw new IllegalStateException("nothing is durable here");
                case Action.StepBegan began -> {}
                case Action.StepEnded ended -> {}
            }
        }
    }

    private void wake(Instant at) {
        waking.ifPresent(scheduled -> scheduled.cancel(false));
        long delay = Duration.between(Instant.now(), at).toNanos();
        waking = Optional.of(timer.schedule(() -> tell(new Event.Tick(Instant.now())), delay, TimeUnit.NANOSECONDS));
    }

    private void call(CallId id, InferRequest request) {
        Shape.Node node = Optional.ofNullable(nodes.get(id.step())).orElseThrow();
        List<String> texts = node.needs().isEmpty()
                ? List.of()
                : request.getInputsList().stream().map(Artifact::getText).toList();
        Artifact answer = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(Specialist.work(node, texts))
                .setConfidence(1)
                .build();
        tell(new Event.Answered(
                Instant.now(),
                id,
                InferResponse.newBuilder()
                        .setOutputs(Outputs.newBuilder().addArtifacts(answer))
                        .build()));
    }
}
