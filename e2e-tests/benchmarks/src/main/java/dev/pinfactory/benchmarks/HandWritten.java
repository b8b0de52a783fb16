package dev.pinfactory.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What one would write for one graph: a future for each step. No deadline, no fallback, no validation, no provenance. */
final class HandWritten implements Contestant {
    private final Shape shape;
    private final Executor executor;

    HandWritten(Shape shape, Executor executor) {
        this.shape = shape;
        this.executor = executor;
    }

    @Override
    public String run() {
        Map<String, CompletableFuture<String>> futures = new HashMap<>();
        CompletableFuture<String> last = CompletableFuture.completedFuture("");
        for (Shape.Node node : shape.nodes()) {
            List<CompletableFuture<String>> needs =
                    node.needs().stream().map(futures::get).toList();
            last = CompletableFuture.allOf(needs.toArray(CompletableFuture[]::new))
                    .thenApplyAsync(
                            done -> Specialist.work(
                                    node,
                                    needs.stream().map(CompletableFuture::join).toList()),
                            executor);
            futures.put(node.id(), last);
        }
        return last.join();
    }
}
