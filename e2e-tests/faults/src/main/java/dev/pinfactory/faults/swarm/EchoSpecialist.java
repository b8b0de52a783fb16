package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Server> servers = new ArrayList<>();
    private volatile Function<InferRequest, String> behaviour;

    /** @param behaviour what it answers to a request; it may wait, and throw a status */
    public EchoSpecialist(Function<InferRequest, String> behaviour) throws IOException {
        this(behaviour, 1);
    }

    /**
     * @param behaviour of each replica
     * @param replicas how many endpoints it has
     */
    public EchoSpecialist(Function<InferRequest, String> behaviour, int replicas) throws IOException {
        this.behaviour = behaviour;
        for (int i = 0; i < replicas; i++) {
            servers.add(serve());
        }
    }

    private Server serve() throws IOException {
        return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(new Specialist())
                .addService(new FixedRegistry(() -> List.of(new FixedRegistry.Listed(CONTRACT, addresses()))))
                .build()
                .start();
    }

    /** Gives its first input back. */
    public static String echo(InferRequest request) {
        return request.getInputs(0).getText();
    }

    static InferResponse answer(InferRequest request, String text) {
        return InferResponse.newBuilder()
                .setSpecialist(request.getSpecialist())
                .setVersion(request.getVersion())
                .setOutputs(Outputs.newBuilder()
                        .addArtifacts(Artifact.newBuilder()
                                .setName("text")
                                .setType("text")
                                .setText(text)
                                .setConfidence(0.99)))
                .build();
    }

    public void does(Function<InferRequest, String> other) {
        behaviour = other;
    }

    /** Also the registry's. */
    public String address() {
        return addresses().getFirst();
    }

    private List<String> addresses() {
        return servers.stream().map(server -> "127.0.0.1:" + server.getPort()).toList();
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
    }

    private final class Specialist extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            String text;
            try {
                text = behaviour.apply(request);
            } catch (StatusRuntimeException failure) {
                observer.onError(failure);
                return;
            }
            observer.onNext(answer(request, text));
            observer.onCompleted();
        }
    }
}
