package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** One specialist that gives a text back, and the registry that knows nobody else, on one port. */
public final class EchoSpecialist implements AutoCloseable {
    static final Contract CONTRACT = Contract.newBuilder()
            .setId("echo")
            .setCapability("test.echo")
            .setSummary("Gives a text back")
            .setKind(Contract.Kind.CODE)
            .setIdempotent(true)
            .addAcceptsDataClasses("*")
            .addInputs(Port.newBuilder().setName("text").setType("text"))
            .addOutputs(Port.newBuilder().setName("text").setType("text"))
            .build();

    private final Server server;
    private volatile Function<InferRequest, String> behaviour;

    /** @param behaviour what it answers to a request; it may wait */
    public EchoSpecialist(Function<InferRequest, String> behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new Specialist())
                .addService(new Registry())
                .build()
                .start();
    }

    /** Gives its first input back. */
    public static String echo(InferRequest request) {
        return request.getInputs(0).getText();
    }

    public void does(Function<InferRequest, String> other) {
        behaviour = other;
    }

    /** Also the registry's. */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Specialist extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            String text = behaviour.apply(request);
            observer.onNext(InferResponse.newBuilder()
                    .setSpecialist(request.getSpecialist())
                    .setVersion(request.getVersion())
                    .setOutputs(Outputs.newBuilder()
                            .addArtifacts(Artifact.newBuilder()
                                    .setName("text")
                                    .setType("text")
                                    .setText(text)
                                    .setConfidence(1)))
                    .build());
            observer.onCompleted();
        }
    }

    private final class Registry extends RegistryServiceGrpc.RegistryServiceImplBase {
        @Override
        public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
            VersionEntry version = VersionEntry.newBuilder()
                    .setVersion(Version.newBuilder().setNumber("1.0.0"))
                    .setState(Version.State.CHAMPION)
                    .addEndpoints(LiveEndpoint.newBuilder()
                            .setEndpoint(
                                    Endpoint.newBuilder().setAddress(address()).setInstance("echo-1")))
                    .build();
            observer.onNext(WatchResponse.newBuilder()
                    .setSnapshot(Snapshot.newBuilder()
                            .setRevision(1)
                            .addEntries(Entry.newBuilder()
                                    .setContract(CONTRACT)
                                    .setContractDigest(Digests.of(CONTRACT))
                                    .addVersions(version)))
                    .build());
        }
    }
}
