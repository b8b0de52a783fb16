package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Outputs;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.registry.peers.PeerInterceptor;
import dev.pinfactory.registry.peers.PeerTls;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One specialist that gives a text back, and a registry that knows nobody else, each behind mutual TLS. Connections end after a second, so that there are always new ones. */
public final class SecuredSpecialist implements AutoCloseable {
    private final AtomicInteger ran = new AtomicInteger();
    private final Server specialist;
    private final Server registry;

    /**
     * @param host whose certificate the specialist shows
     * @param registry whose certificate the registry shows
     * @param asks whether the specialist asks who calls
     */
    public SecuredSpecialist(PeerTls host, PeerTls registry, boolean asks) throws IOException {
        this.specialist = serve(host, asks, new Echo());
        this.registry = serve(
                registry,
                true,
                new FixedRegistry(
                        () -> List.of(new FixedRegistry.Listed(EchoSpecialist.CONTRACT, List.of(address())))));
    }

    private static Server serve(PeerTls tls, boolean asks, BindableService service) throws IOException {
        ServerBuilder<?> builder = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.newBuilder()
                                .keyManager(tls.keyManager())
                                .trustManager(tls.trustManager())
                                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                                .build())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(service);
        if (builder instanceof NettyServerBuilder netty) {
            netty.maxConnectionAge(1, TimeUnit.SECONDS).maxConnectionAgeGrace(1, TimeUnit.MINUTES);
        }
        if (asks) {
            builder.intercept(new PeerInterceptor(tls));
        }
        return builder.build().start();
    }

    public String address() {
        return "127.0.0.1:" + specialist.getPort();
    }

    public String registryAddress() {
        return "127.0.0.1:" + registry.getPort();
    }

    /** How often it was called by somebody whom it let in. */
    public int ran() {
        return ran.get();
    }

    @Override
    public void close() {
        specialist.shutdownNow();
        registry.shutdownNow();
    }

    private final class Echo extends SpecialistServiceGrpc.SpecialistServiceImplBase {
        @Override
        public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
            ran.incrementAndGet();
            InferResponse.Builder answer = InferResponse.newBuilder()
                    .setSpecialist(request.getSpecialist())
                    .setVersion(request.getVersion());
            if (request.getInputsCount() > 0) {
                answer.setOutputs(Outputs.newBuilder()
                        .addArtifacts(Artifact.newBuilder()
                                .setName("text")
                                .setType("text")
                                .setText(EchoSpecialist.echo(request))
                                .setConfidence(1)));
            }
            observer.onNext(answer.build());
            observer.onCompleted();
        }
    }
}
