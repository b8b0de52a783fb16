package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Two versions of a specialist that gives a text back, registered as every host is; of the second it can be said which texts it fails on. Thread-safe. */
public final class VersionedSpecialist extends SpecialistServiceGrpc.SpecialistServiceImplBase
        implements AutoCloseable {
    public static final String USED = "1.0.0";
    public static final String TRIED = "2.0.0";

    private final Map<String, Long> lastCalls = new ConcurrentHashMap<>();
    private final RegisteredServer server;
    private final long started = System.nanoTime();
    private volatile Predicate<String> failing = text -> false;

    /** @param registry its address */
    public VersionedSpecialist(String registry) throws IOException, InterruptedException {
        this.server = new RegisteredServer(this, registry, "versioned-specialist", USED, TRIED);
    }

    /** From now on the tried version fails on these texts, each time. */
    public void failsOn(Predicate<String> texts) {
        failing = texts;
    }

    /** When a version was called last, as {@link System#nanoTime}; never is when this began. */
    public long lastCall(String version) {
        return lastCalls.getOrDefault(version, started);
    }

    @Override
    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
        lastCalls.put(request.getVersion(), System.nanoTime());
        String text = request.getInputs(0).getText();
        if (request.getVersion().equals(TRIED) && failing.test(text)) {
            observer.onError(Status.INTERNAL.withDescription("a bad version").asRuntimeException());
            return;
        }
        observer.onNext(EchoSpecialist.answer(request, text));
        observer.onCompleted();
    }

    @Override
    public void close() {
        server.close();
    }
}
