package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A specialist that gives a text back after a while, registered as every host is, and that counts how often each step's run came to its end. Thread-safe. */
public final class CountingDoor extends SpecialistServiceGrpc.SpecialistServiceImplBase implements AutoCloseable {
    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private final Duration takes;
    private final RegisteredServer server;

    /**
     * @param registry its address
     * @param takes how long a run is
     */
    public CountingDoor(String registry, Duration takes) throws IOException, InterruptedException {
        this.takes = takes;
        this.server = new RegisteredServer(this, registry, "counting-door", "1.0.0");
    }

    @Override
    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
        try {
            Thread.sleep(takes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Context.current().isCancelled()) {
            return;
        }
        CallContext context = request.getContext();
        ended.merge(context.getTaskId() + " " + context.getStep(), 1, Integer::sum);
        observer.onNext(EchoSpecialist.answer(request, EchoSpecialist.echo(request)));
        observer.onCompleted();
    }

    /** The steps, as task and step, that came to their end more than once. */
    public Map<String, Integer> repeated() {
        Map<String, Integer> repeated = new TreeMap<>(ended);
        repeated.values().removeIf(runs -> runs < 2);
        return repeated;
    }

    @Override
    public void close() {
        server.close();
    }
}
