package dev.pinfactory.specialists.sdk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.specialists.sdk.InferenceResult;
import dev.pinfactory.specialists.sdk.ModelSource;
import dev.pinfactory.specialists.sdk.Shift;
import dev.pinfactory.specialists.sdk.SpecialistModel;
import dev.pinfactory.specialists.sdk.Vowels;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several specialists behind one service. */
class SpecialistsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Shift shift = new Shift();
    private Specialists specialists;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void serve() throws Exception {
        specialists = Specialists.load(
                List.of(AnnotatedSpecialist.define(new Vowels()), AnnotatedSpecialist.define(shift)),
                ServingSettings.defaults(),
                meters);
        String name = UUID.randomUUID().toString();
        server = InProcessServerBuilder.forName(name)
                .executor(calls)
                .addService(new SpecialistGrpcService(specialists, GrantCheck.none()))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        specialists.close();
        calls.shutdown();
    }

    @Test
    void everythingThatIsWrongWithAnInputIsNamed() {
        InferRequest request = InferRequest.newBuilder()
                .setSpecialist("vowels")
                .addInputs(Artifact.newBuilder().setName("picture").setType("image"))
                .putParameters("limit", number(1.5))
                .putParameters("tone", string("loud"))
                .putParameters("colour", string("red"))
                .build();
        PinfactoryException refusal = refusal(request);
        assertThat(refusal.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "inputs[picture]",
                        "inputs[text]",
                        "parameters[limit]",
                        "parameters[tone]",
                        "parameters[colour]");
    }

    @Test
    void aListIsNoSingleValueAndTheOtherWayRound() {
        Artifact one = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText("x")
                .build();
        Artifact list = Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setItems(ArtifactList.newBuilder().addItems(one))
                .build();
        assertThat(refusal(request("vowels").toBuilder()
                                .clearInputs()
                                .addInputs(list)
                                .build())
                        .getMessage())
                .contains("inputs[text] is a list");
        assertThat(refusal(request("vowels").toBuilder()
                                .addInputs(one.toBuilder().setName("notes"))
                                .build())
                        .getMessage())
                .contains("inputs[notes] is a single value");
    }

    @Test
    void parametersHaveTheirDefaults() {
        assertThat(value(stub().infer(request("vowels")))).isEqualTo(3);
        InferRequest onlyN = request("vowels").toBuilder()
                .putParameters("letters", string("n"))
                .build();
        assertThat(value(stub().infer(onlyN))).isEqualTo(2);
    }

    @Test
    void unknownNamesAndVersionsAreNotFound() {
        assertThat(refusal(request("weather")).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(request("vowels").toBuilder().setVersion("9").build())
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void anotherVersionIsServedBesideTheFirstAndPreferred() {
        AtomicInteger changes = new AtomicInteger();
        specialists.onChange(changes::incrementAndGet);
        load("2.0.0", "42");
        assertThat(value(stub().infer(request("shift")))).isEqualTo(42);
        assertThat(value(stub().infer(
                                request("shift").toBuilder().setVersion("1.0.0").build())))
                .isEqualTo(1);
        assertThat(specialists.cards()).hasSize(3);
        assertThat(changes).hasValue(1);

        shifting().retire("1.0.0");
        // By the worker that gave the last answer, where it has not gone yet.
        await().untilAsserted(() -> assertThat(shift.closed).hasValue(1));
        assertThat(refusal(request("shift").toBuilder().setVersion("1.0.0").build())
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThatThrownBy(() -> shifting().retire("2.0.0")).hasMessageContaining("last one");
    }

    @Test
    void aModelWithAnotherDigestIsNotLoaded() {
        Version version = Version.newBuilder()
                .setNumber("2.0.0")
                .setModelDigest("sha256:" + "0".repeat(64))
                .build();
        assertThatThrownBy(() -> shifting().load(version, source("42"))).hasMessageContaining("digest");
        assertThat(value(stub().infer(request("shift")))).isEqualTo(1);
    }

    @Test
    void aModelThatCantBeReadLeavesTheOldOneInPlace() {
        assertThatThrownBy(() -> load("2.0.0", "no number")).hasMessageContaining("can't be read");
        assertThat(value(stub().infer(request("shift")))).isEqualTo(1);
    }

    @Test
    void loadingTheSameVersionAgainChangesNothingAndAnotherModelIsRefused() {
        load("2.0.0", "42");
        load("2.0.0", "42");
        assertThat(specialists.cards()).hasSize(3);
        assertThatThrownBy(() -> load("2.0.0", "43"))
                .isInstanceOfSatisfying(
                        PinfactoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    }

    @Test
    void aModelThatBreaksItsCardNeverBecomesReady() {
        SpecialistModel wrong = batch -> List.of(InferenceResult.answered(Vowels.score("other", 1)));
        Definition good = AnnotatedSpecialist.define(new Vowels());
        assertThatThrownBy(() -> Specialists.load(
                        List.of(Definition.of(good.card(), wrong, good.samples())), ServingSettings.defaults(), meters))
                .hasMessageContaining("outputs[other]");
    }

    @Test
    void callsAreCountedByOutcome() {
        stub().infer(request("vowels"));
        refusal(request("vowels").toBuilder().clearInputs().build());
        assertThat(meters.get("pinfactory.specialist.calls")
                        .tags("specialist", "vowels", "outcome", "answered")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("pinfactory.specialist.calls")
                        .tags("specialist", "vowels", "outcome", "SPECIALIST_INPUT_INVALID")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("pinfactory.specialist.queue")
                        .tags("specialist", "vowels")
                        .gauge()
                        .value())
                .isZero();
    }

    private void load(String number, String model) {
        ModelSource source = source(model);
        shifting()
                .load(
                        Version.newBuilder()
                                .setNumber(number)
                                .setModelDigest(source.digest())
                                .build(),
                        source);
    }

    private ServedSpecialist shifting() {
        return specialists.find("shift").orElseThrow();
    }

    private SpecialistServiceGrpc.SpecialistServiceBlockingStub stub() {
        return SpecialistServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private PinfactoryException refusal(InferRequest request) {
        try {
            stub().infer(request);
        } catch (StatusRuntimeException e) {
            return Errors.fromGrpc(e);
        }
        throw new AssertionError("was answered");
    }

    private static double value(InferResponse response) {
        return response.getOutputs()
                .getArtifacts(0)
                .getJson()
                .getStructValue()
                .getFieldsOrThrow("value")
                .getNumberValue();
    }

    private static InferRequest request(String specialist) {
        return InferRequest.newBuilder()
                .setSpecialist(specialist)
                .addInputs(Artifact.newBuilder().setName("text").setType("text").setText("banana"))
                .build();
    }

    private static ModelSource source(String text) {
        return ModelSource.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
