package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.Registration;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Two versions of a specialist that gives a text back, registered as every host is; of the second it can be said which texts it fails on. Thread-safe. */
public final class VersionedSpecialist extends SpecialistServiceGrpc.SpecialistServiceImplBase
        implements AutoCloseable {
    public static final String USED = "1.0.0";
    public static final String TRIED = "2.0.0";

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Long> lastCalls = new ConcurrentHashMap<>();
    private final Server server;
    private final Channels channels = new Channels();
    private final Registration registration;
    private final long started = System.nanoTime();
    private volatile Predicate<String> failing = text -> false;

    /** @param registry its address */
    public VersionedSpecialist(String registry) throws IOException, InterruptedException {
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(this)
                .build()
                .start();
        this.registration = Registration.start(
                channels,
                registry,
                List.of(card(USED), card(TRIED)),
                Endpoint.newBuilder()
                        .setAddress("127.0.0.1:" + server.getPort())
                        .setInstance("versioned-specialist")
                        .build(),
                LEASE);
        if (!registration.awaitRegistered(PATIENCE)) {
            throw new IllegalStateException("the registry did not take the specialist");
        }
    }

    private static Card card(String version) {
        return Card.newBuilder()
                .setContract(EchoSpecialist.CONTRACT)
                .setVersion(Version.newBuilder().setNumber(version))
                .build();
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
        observer.onNext(InferResponse.newBuilder()
                .setSpecialist(request.getSpecialist())
                .setVersion(request.getVersion())
                .setOutputs(Outputs.newBuilder()
                        .addArtifacts(Artifact.newBuilder()
                                .setName("text")
                                .setType("text")
                                .setText(text)
                                .setConfidence(0.99)))
                .build());
        observer.onCompleted();
    }

    @Override
    public void close() {
        registration.close();
        channels.close();
        server.shutdownNow();
    }
}
