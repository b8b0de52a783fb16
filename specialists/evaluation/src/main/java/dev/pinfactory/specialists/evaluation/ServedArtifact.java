package dev.pinfactory.specialists.evaluation;

import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc.SpecialistServiceBlockingStub;
import dev.pinfactory.specialists.learning.evaluation.Answer;
import dev.pinfactory.specialists.learning.evaluation.EvaluationItem;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One specialist behind the gRPC service that hosts serve it with: inputs, outputs and evidence are checked as there. Each call is a batch of its own,
 * so that an answer can't depend on which calls happened to wait beside it.
 */
final class ServedArtifact implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Specialists specialists;
    private final Server server;
    private final ManagedChannel channel;
    private final SpecialistServiceBlockingStub stub;
    private final Card card;

    ServedArtifact(Definition definition) {
        int workers = Runtime.getRuntime().availableProcessors();
        specialists =
                Specialists.load(List.of(definition), new ServingSettings(64, workers, 1), new SimpleMeterRegistry());
        card = specialists.cards().getLast();
        String name = "evaluation-" + UUID.randomUUID();
        server = InProcessServerBuilder.forName(name)
                .executor(calls)
                .addService(new SpecialistGrpcService(specialists, GrantCheck.none()))
                .build();
        channel = InProcessChannelBuilder.forName(name).executor(calls).build();
        stub = SpecialistServiceGrpc.newBlockingStub(channel);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is served, with its model's digest. */
    Card card() {
        return card;
    }

    Answer infer(EvaluationItem<?> item) {
        InferRequest request = InferRequest.newBuilder()
                .setSpecialist(card.getContract().getId())
                .addAllInputs(item.inputs())
                .putAllParameters(item.parameters())
                .build();
        try {
            return Answer.of(
                    stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS).infer(request));
        } catch (StatusRuntimeException e) {
            return new Answer.Refused(String.valueOf(e.getStatus().getDescription()));
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        specialists.close();
        calls.shutdown();
    }
}
