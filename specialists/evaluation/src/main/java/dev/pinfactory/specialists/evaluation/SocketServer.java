package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc.SpecialistServiceBlockingStub;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One specialist behind a socket of this machine, served as hosts do, and a client of it. */
final class SocketServer implements AutoCloseable {
    private static final int QUEUE = 256;
    private static final long PATIENCE_SECONDS = 60;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Specialists specialists;
    private final Server server;
    private final ManagedChannel channel;
    private final SpecialistServiceBlockingStub stub;

    /** @param maxBatchSize 1 for no batches */
    SocketServer(Definition definition, int maxBatchSize) {
        int workers = Runtime.getRuntime().availableProcessors();
        specialists = Specialists.load(
                List.of(definition), new ServingSettings(QUEUE, workers, maxBatchSize), new SimpleMeterRegistry());
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .executor(calls)
                .addService(new SpecialistGrpcService(specialists, GrantCheck.none()))
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
        channel = Grpc.newChannelBuilderForAddress("127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
                .executor(calls)
                .build();
        stub = SpecialistServiceGrpc.newBlockingStub(channel);
    }

    int port() {
        return server.getPort();
    }

    InferResponse infer(InferRequest request) {
        return stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS).infer(request);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        specialists.close();
        calls.shutdown();
    }
}
