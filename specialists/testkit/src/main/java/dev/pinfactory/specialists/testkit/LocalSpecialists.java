package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.serving.AnnotatedSpecialist;
import dev.pinfactory.specialists.sdk.serving.Definition;
import dev.pinfactory.specialists.sdk.serving.GrantCheck;
import dev.pinfactory.specialists.sdk.serving.ServingSettings;
import dev.pinfactory.specialists.sdk.serving.SpecialistGrpcService;
import dev.pinfactory.specialists.sdk.serving.Specialists;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Annotated specialists behind gRPC's in-process transport: the SDK's serving, without Spring, ports and registry. */
public final class LocalSpecialists implements AutoCloseable {
    private final String name = "local-" + UUID.randomUUID();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Definition> definitions;
    private final Specialists specialists;
    private final Server server;

    private LocalSpecialists(List<Definition> definitions) {
        this.definitions = definitions;
        this.specialists = Specialists.load(definitions, ServingSettings.defaults(), new SimpleMeterRegistry());
        HealthStatusManager health = new HealthStatusManager();
        specialists.all().forEach(specialist -> health.setStatus(specialist.id(), ServingStatus.SERVING));
        this.server = InProcessServerBuilder.forName(name)
                .executor(calls)
                .addService(new SpecialistGrpcService(specialists, GrantCheck.none()))
                .addService(health.getHealthService())
                .build();
    }

    /** Serves these beans, each annotated with {@code @Specialist}. */
    public static LocalSpecialists serve(Object... beans) {
        LocalSpecialists local = new LocalSpecialists(
                Stream.of(beans).map(AnnotatedSpecialist::define).toList());
        try {
            local.server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return local;
    }

    public String address() {
        return "inprocess:" + name;
    }

    /** What stands in the specialists' {@code samples.yaml}. */
    public List<InferRequest> samples() {
        return definitions.stream()
                .flatMap(definition -> definition.samples().stream())
                .toList();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        specialists.close();
        calls.shutdown();
    }
}
