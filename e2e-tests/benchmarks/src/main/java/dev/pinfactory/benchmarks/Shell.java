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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

/**
 * The least that drives an execution: a lock around it, an executor for calls, a ticker for its waking. The thread that brought an event makes one of
 * the calls that follow, so that a chain of steps stays on one thread; a thread that has nothing to do takes a call that no other has begun.
 */
final class Shell {
    private final Execution execution;
    private final Map<String, Shape.Node> nodes;
    private final ExecutorService executor;
    private final Ticker ticker;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Queue<Action.Call> waiting = new ConcurrentLinkedQueue<>();
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
        tell(first);
        work();
    }

    /** Makes the calls that wait, until none does. */
    private void work() {
        for (Action.Call call = waiting.poll(); call != null; call = waiting.poll()) {
            tell(answer(call));
        }
    }

    /** This thread makes one of the calls that follow; for each of the others a thread is started, outside the lock, because that takes long. */
    private void tell(Event event) {
        int calls = act(event);
        for (int i = 1; i < calls; i++) {
            executor.execute(this::work);
        }
    }

    /** Says how many calls have to be made. */
    private synchronized int act(Event event) {
        int calls = 0;
        for (Action action : execution.on(event)) {
            switch (action) {
                case Action.Call call -> {
                    waiting.add(call);
                    calls++;
                }
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
