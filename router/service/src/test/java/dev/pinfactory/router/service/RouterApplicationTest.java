package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.RouterServiceGrpc;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.registry.client.Channels;
import dev.pinfactory.registry.client.RegistryClient;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/** The router as it runs beside others in one process. */
class RouterApplicationTest {
    private static final Contract WEIGHER = Contract.newBuilder()
            .setId("weigher")
            .setCapability("extract.weight")
            .setSummary("Reads weight and carrier from a waybill.")
            .addExamples("How heavy is this shipment?")
            .addInputs(Port.newBuilder().setName("text").setType("text"))
            .addOutputs(Port.newBuilder().setName("shipment").setType("fields"))
            .addAcceptsDataClasses("*")
            .setKind(Contract.Kind.MODEL)
            .build();

    @TempDir
    Path directory;

    private ConfigurableApplicationContext router(String name, String registry, String... more) {
        String[] arguments = {
            "--spring.grpc.server.inprocess.name=" + name,
            "--pinfactory.router.registry-address=inprocess:" + registry,
            "--pinfactory.data-dir=" + directory
        };
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        ConfigurableApplicationContext context = RouterApplication.builder().run(all);
        awaitCatalogue(context);
        GrpcServerProperties server = context.getBean(GrpcServerProperties.class);
        assertThat(server.getKeepalive().getPermit().getTime()).isLessThan(Channels.KEEP_ALIVE);
        assertThat(server.getInbound().getMessage().getMaxSize().toBytes()).isEqualTo(Channels.MAX_MESSAGE_BYTES);
        assertThat(server.getInbound().getMetadata().getMaxSize().toBytes()).isEqualTo(Channels.MAX_METADATA_BYTES);
        return context;
    }

    private static void awaitCatalogue(ConfigurableApplicationContext context) {
        try {
            assertThat(context.getBean(RegistryClient.class).awaitFirst(Duration.ofSeconds(10)))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static PlanRequest request(String instruction) {
        return PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName("waybill").setType("text"))
                .build();
    }

    private static PlanResponse plan(String name, PlanRequest request) {
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        try {
            return RouterServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.SECONDS)
                    .plan(request);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void amongOthersInOneProcessItTakesNoPort() throws Exception {
        List<Integer> ports = new ArrayList<>();
        ApplicationListener<GrpcServerStartedEvent> listener = event -> ports.add(event.getPort());
        try (var registry = new TestingRegistry("registry-5", List.of(WEIGHER));
                var context = RouterApplication.builder()
                        .listeners(listener)
                        .run(
                                "--spring.grpc.server.inprocess.name=router-5",
                                "--pinfactory.router.registry-address=inprocess:registry-5",
                                "--pinfactory.data-dir=" + directory)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(ports).containsExactly(-1);
        }
    }

    @Test
    void plansRefusesRemembersAndCounts() throws Exception {
        try (var registry = new TestingRegistry("registry-1", List.of(WEIGHER));
                var context = router("router-1", "registry-1")) {
            PlanResponse first = plan("router-1", request("How heavy is the shipment in lot 7?"));
            assertThat(first.getPlan().getStepsList())
                    .singleElement()
                    .satisfies(step -> assertThat(step.getSpecialist()).isEqualTo("weigher"));
            assertThat(first.getFromCache()).isFalse();
            assertThat(plan("router-1", request("How heavy is the shipment in lot 8?"))
                            .getFromCache())
                    .isTrue();
            assertThat(plan("router-1", request("Paint the fence green."))
                            .getRefusal()
                            .getReason())
                    .isEqualTo(Refusal.Reason.NO_SPECIALIST);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("pinfactory.router.refusals")
                            .tag("reason", "no_specialist")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("pinfactory.router.planning")
                            .tag("source", "cache")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aTrialIsStreamedAndLeavesThePlansOfTheDayAlone() throws Exception {
        Contract scales = WEIGHER.toBuilder()
                .setId("scales")
                .setSummary("Says what a parcel weighs.")
                .clearExamples()
                .addExamples("What does the parcel weigh?")
                .build();
        TryCardRequest trial = TryCardRequest.newBuilder()
                .setCard(Card.newBuilder()
                        .setContract(scales)
                        .setVersion(Version.newBuilder().setNumber("1.0.0")))
                .addRequests(request("What does the parcel weigh?"))
                .addRequests(request("How heavy is the shipment?"))
                .build();
        try (var registry = new TestingRegistry("registry-6", List.of(WEIGHER));
                var context = router("router-6", "registry-6", "--pinfactory.router.max-cached-plans=1")) {
            assertThat(plan("router-6", request("How heavy is the shipment?")).getFromCache())
                    .isFalse();
            ManagedChannel channel = InProcessChannelBuilder.forName("router-6").build();
            try {
                var answers = RouterServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .tryCard(trial);
                assertThat(answers.next().getSurroundings().getNearest(0).getSpecialist())
                        .isEqualTo("weigher");
                PlanChange taken = answers.next().getChange();
                assertThat(taken.getPlanAfter().getSteps(0).getSpecialist()).isEqualTo("scales");
                assertThat(answers.next().hasChange()).isTrue();
                assertThat(answers.hasNext()).isFalse();
                StatusRuntimeException failure = catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> RouterServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(30, TimeUnit.SECONDS)
                                .tryCard(TryCardRequest.getDefaultInstance())
                                .next());
                assertThat(Errors.fromGrpc(failure).code()).isEqualTo(ErrorCode.CARD_INVALID);
            } finally {
                channel.shutdownNow();
            }
            // The one plan that is remembered is still the one of before.
            assertThat(plan("router-6", request("How heavy is the shipment?")).getFromCache())
                    .isTrue();
        }
    }

    @Test
    void badRequestsNameTheirField() throws Exception {
        try (var registry = new TestingRegistry("registry-2", List.of(WEIGHER));
                var context = router("router-2", "registry-2")) {
            StatusRuntimeException failure =
                    catchThrowableOfType(StatusRuntimeException.class, () -> plan("router-2", request(" ")));
            PinfactoryException error = Errors.fromGrpc(failure);
            assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(error.violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.field()).isEqualTo("instruction"));
        }
    }

    @Test
    void startsFromDiskWhenTheRegistryIsGone() throws Exception {
        try (var registry = new TestingRegistry("registry-3", List.of(WEIGHER));
                var context = router("router-3", "registry-3")) {
            assertThat(plan("router-3", request("How heavy is it?")).hasPlan()).isTrue();
        }
        try (var context = router("router-3b", "registry-3")) {
            assertThat(plan("router-3b", request("How heavy is it?")).hasPlan()).isTrue();
        }
    }

    @Test
    void saysThatItIsHealthy() throws Exception {
        try (var registry = new TestingRegistry("registry-4", List.of(WEIGHER));
                var context = router("router-4", "registry-4")) {
            ManagedChannel channel = InProcessChannelBuilder.forName("router-4").build();
            try {
                HealthGrpc.HealthBlockingStub health =
                        HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
                assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                        .isEqualTo(ServingStatus.SERVING);
                // By its name too, from the first round of checks on.
                var updates = health.watch(HealthCheckRequest.newBuilder()
                        .setService(RouterServiceGrpc.SERVICE_NAME)
                        .build());
                ServingStatus status = updates.next().getStatus();
                assertThat(
                                status == ServingStatus.SERVICE_UNKNOWN
                                        ? updates.next().getStatus()
                                        : status)
                        .isEqualTo(ServingStatus.SERVING);
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
