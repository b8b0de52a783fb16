package dev.pinfactory.faults.identity;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves specialists' calls with whatever certificate it has, and counts what reaches it. */
final class PosingServer implements AutoCloseable {
    private final AtomicInteger calls = new AtomicInteger();
    private final Server server;

    PosingServer(CertificateAuthority.Issued certificate) throws IOException {
        server = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.newBuilder()
                                .keyManager(certificate.keyManagers())
                                .trustManager(new Credulous())
                                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                                .build())
                .intercept(new Counting())
                .addService(new SpecialistServiceGrpc.SpecialistServiceImplBase() {
                    @Override
                    public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
                        observer.onNext(InferResponse.getDefaultInstance());
                        observer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Whose headers came as far as this. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Counting implements ServerInterceptor {
        @Override
        public <Q, S> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
            calls.incrementAndGet();
            return next.startCall(call, headers);
        }
    }
}
