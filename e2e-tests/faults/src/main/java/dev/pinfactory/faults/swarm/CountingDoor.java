package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A specialist that gives a text back after a while, registered as every host is, and that counts how often each step's run came to its end. Thread-safe. */
public final class CountingDoor extends SpecialistServiceGrpc.SpecialistServiceImplBase implements AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Integer> ended = new ConcurrentHashMap<>();
    private final Duration takes;
    private final Server server;
    private final Channels channels = new Channels();
    private final Registration registration;

    /**
     * @param registry its address
     * @param takes how long a run is
     */
    public CountingDoor(String registry, Duration takes) throws IOException, InterruptedException {
        this.takes = takes;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(this)
                .build()
                .start();
        this.registration = Registration.start(
                channels,
                registry,
                List.of(Card.newBuilder()
                        .setContract(EchoSpecialist.CONTRACT)
                        .setVersion(Version.newBuilder().setNumber("1.0.0"))
                        .build()),
                Endpoint.newBuilder()
                        .setAddress("127.0.0.1:" + server.getPort())
                        .setInstance("counting-door")
                        .build(),
                LEASE);
        if (!registration.awaitRegistered(PATIENCE)) {
            throw new IllegalStateException("the registry did not take the specialist");
        }
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
        observer.onNext(InferResponse.newBuilder()
                .setSpecialist(request.getSpecialist())
                .setVersion(request.getVersion())
                .setOutputs(Outputs.newBuilder()
                        .addArtifacts(Artifact.newBuilder()
                                .setName("text")
                                .setType("text")
                                .setText(request.getInputs(0).getText())
                                .setConfidence(0.99)))
                .build());
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
        registration.close();
        channels.close();
        server.shutdownNow();
    }
}
