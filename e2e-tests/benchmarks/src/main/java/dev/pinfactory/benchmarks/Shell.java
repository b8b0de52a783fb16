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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/**
 * The least that drives an execution: a lock around it, an executor for calls, a ticker for its waking. Of the calls that one event leads to, the
 * last is made by the thread that brought the event, so that a chain of steps stays on one thread.
 */
final class Shell {
    private final Execution execution;
    private final Map<String, Shape.Node> nodes;
    private final ExecutorService executor;
    private final Ticker ticker;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile Instant wakeAt = Instant.MAX;

    Shell(
            ExecutionRequest request,
            ExecutionSettings settings,
            Map<String, Shape.Node> nodes,
            ExecutorService executor,
            Ticker ticker) {
        execution = Execution.create(request, settings);
        this.nodes = nodes;
        this.executor = executor;
        this.ticker = ticker;
    }

    Ending run() {
        ticker.join(this);
        try {
            go(new Event.Started(Instant.now()));
            return ending.join();
        } finally {
            ticker.leave(this);
        }
    }

    void tick(Instant now) {
        if (!now.isBefore(wakeAt)) {
            executor.execute(() -> go(new Event.Tick(now)));
        }
    }

    private void go(Event first) {
        Optional<Event> event = Optional.of(first);
        while (event.isPresent()) {
            List<Action.Call> calls = tell(event.get());
            for (int i = 0; i < calls.size() - 1; i++) {
                Action.Call call = calls.get(i);
                executor.execute(() -> go(answer(call)));
            }
            event = calls.isEmpty() ? Optional.empty() : Optional.of(answer(calls.getLast()));
        }
    }

    private synchronized List<Action.Call> tell(Event event) {
        List<Action.Call> calls = new ArrayList<>();
        for (Action action : execution.on(event)) {
            switch (action) {
                case Action.Call call -> calls.add(call);
                case Action.WakeAt wake -> wakeAt = wake.at();
                case Action.End end -> ending.complete(end.ending());
                case Action.CancelCall cancel -> throw new IllegalStateException("no call takes long here");
                case Action.Commit commit -> throw new IllegalStateException("nothing is durable here");
                case Action.StepBegan began -> {}
                case Action.StepEnded ended -> {}
            }
        }
        return calls;
    }

    private Event answer(Action.Call call) {
        CallId id = call.id();
        InferRequest request = call.request();
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
        return new Event.Answered(
                Instant.now(),
                id,
                InferResponse.newBuilder()
                        .setOutputs(Outputs.newBuilder().addArtifacts(answer))
                        .build());
    }
}
