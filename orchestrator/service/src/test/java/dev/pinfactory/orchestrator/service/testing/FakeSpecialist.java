package dev.pinfactory.orchestrator.service.testing;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves all specialists of a test: each upper-cases or does what the test says, and counts its calls. */
public final class FakeSpecialist extends SpecialistServiceGrpc.SpecialistServiceImplBase {
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<InferRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();

    /** What a specialist does with a text. */
    public interface Behaviour {
        String infer(InferRequest request) throws Exception;
    }

    public void does(String specialist, Behaviour behaviour) {
        behaviours.put(specialist, behaviour);
    }

    /** Answers nothing until the call is cancelled. */
    public CountDownLatch hangs(String specialist) {
        CountDownLatch cancelled = new CountDownLatch(1);
        does(specialist, request -> {
            Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
            cancelled.await();
            return "";
        });
        return cancelled;
    }

    public long calls(String specialist) {
        return requests.stream()
                .filter(request -> request.getSpecialist().equals(specialist))
                .count();
    }

    public List<InferRequest> requests() {
        return requests;
    }

    public int running() {
        return running.get();
    }

    @Override
    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
        requests.add(request);
        running.incrementAndGet();
        try {
            Behaviour behaviour = behaviours.getOrDefault(
                    request.getSpecialist(), call -> text(call).toUpperCase(java.util.Locale.ROOT));
            String text = behaviour.infer(request);
            observer.onNext(InferResponse.newBuilder()
                    .setSpecialist(request.getSpecialist())
                    .setVersion(request.getVersion())
                    .setOutputs(Outputs.newBuilder()
                            .addArtifacts(Artifact.newBuilder()
                                    .setName("text")
                                    .setType("text")
                                    .setText(text)
                                    .setConfidence(0.9)))
                    .build());
            observer.onCompleted();
        } catch (Exception e) {
            observer.onError(e);
        } finally {
            running.decrementAndGet();
        }
    }

    public static String text(InferRequest request) {
        return request.getInputs(0).getText();
    }
}
