package dev.pinfactory.specialists.sdk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ContentChunk;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.InferByReferenceRequest;
import dev.pinfactory.proto.v1.InferByReferenceResponse;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import dev.pinfactory.specialists.sdk.Vowels;
import dev.pinfactory.specialists.sdk.grant.Grant;
import dev.pinfactory.specialists.sdk.grant.GrantKeys;
import dev.pinfactory.specialists.sdk.grant.GrantSigner;
import dev.pinfactory.specialists.sdk.grant.GrantVerifier;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls whose inputs are fetched within them. */
class ReferencingCallTest {
    private static final ByteString CONTENT = ByteString.copyFromUtf8("banana ".repeat(100));
    private static final long BUDGET = 1_000;

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final ContentBudget budget = new ContentBudget(BUDGET);
    private final KeyPair keys = GrantKeys.generate();
    private Specialists specialists;
    private Server open;
    private Server granting;
    private ManagedChannel channel;
    private ManagedChannel grantingChannel;

    @BeforeEach
    void serve() throws Exception {
        specialists = Specialists.load(
                List.of(AnnotatedSpecialist.define(new Vowels())),
                ServingSettings.defaults(),
                new SimpleMeterRegistry());
        String name = UUID.randomUUID().toString();
        open = serve(name, GrantCheck.none());
        channel = InProcessChannelBuilder.forName(name).build();
        granting = serve("granting-" + name, new GrantVerifier(List.of(keys.getPublic()), Clock.systemUTC()));
        grantingChannel = InProcessChannelBuilder.forName("granting-" + name).build();
    }

    private Server serve(String name, GrantCheck grants) throws Exception {
        return InProcessServerBuilder.forName(name)
                .executor(calls)
                .addService(new SpecialistGrpcService(specialists, grants, budget))
                .intercept(new GrantInterceptor())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        grantingChannel.shutdownNow();
        open.shutdownNow();
        granting.shutdownNow();
        specialists.close();
        calls.shutdown();
    }

    @Test
    void theModelSeesTheContentAsIfItHadComeWithTheCall() throws Exception {
        var call = call();
        call.write(begin(request(CONTENT.size())));
        assertThat(call.read().getWanted().getDigest()).isEqualTo(digest());
        call.write(chunk(CONTENT.substring(0, 300), false));
        assertThat(budget.held()).isEqualTo(CONTENT.size());
        call.write(chunk(CONTENT.substring(300), true));
        double vowels = call.read()
                .getAnswer()
                .getOutputs()
                .getArtifacts(0)
                .getJson()
                .getStructValue()
                .getFieldsOrThrow("value")
                .getNumberValue();
        assertThat(vowels).isEqualTo(300);
        assertThat(call.read()).isNull();
        assertThat(budget.held()).isZero();
    }

    @Test
    void oneContentThatTwoInputsReferToIsAskedForOnce() throws Exception {
        InferRequest twice = request(CONTENT.size()).toBuilder()
                .addInputs(reference(CONTENT.size()).setName("unknown"))
                .build();
        var call = call();
        call.write(begin(twice));
        call.read();
        call.write(chunk(CONTENT, true));
        assertThat(failure(call).getMessage()).contains("inputs[unknown]");
    }

    @Test
    void otherBytesAreRefused() throws Exception {
        var call = call();
        call.write(begin(request(CONTENT.size())));
        call.read();
        call.write(chunk(CONTENT.substring(1).concat(ByteString.copyFromUtf8("x")), true));
        PinfactoryException refusal = failure(call);
        assertThat(refusal.code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(refusal.getMessage()).contains("other bytes");
        assertThat(budget.held()).isZero();
    }

    @Test
    void moreThanTheReferenceSaysIsNotKept() throws Exception {
        var call = call();
        call.write(begin(request(10)));
        call.read();
        call.write(chunk(CONTENT, false));
        assertThat(failure(call).getMessage()).contains("longer than the reference says");
    }

    @Test
    void whatNeverFitsIsRefusedAndWhatDoesNotFitNowMayComeAgain() throws Exception {
        var tooLarge = call();
        tooLarge.write(begin(request(BUDGET + 1)));
        assertThat(failure(tooLarge).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);

        var first = call();
        first.write(begin(request(CONTENT.size())));
        first.read();
        var second = call();
        second.write(begin(request(CONTENT.size())));
        assertThat(failure(second).code()).isEqualTo(ErrorCode.SPECIALIST_OVERLOADED);

        first.cancel("enough", null);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(budget.held()).isZero());
    }

    @Test
    void aCallWithoutDeadlineCouldHoldItsShareForEver() throws Exception {
        var call = SpecialistServiceGrpc.newBlockingV2Stub(channel).inferByReference();
        call.write(begin(request(CONTENT.size())));
        assertThat(failure(call).getMessage()).contains("needs a deadline");
    }

    @Test
    void nothingIsAskedForWithoutAGrantForTheseDigests() throws Exception {
        InferRequest request = request(CONTENT.size()).toBuilder()
                .setVersion(specialists.cards().getFirst().getVersion().getNumber())
                .build();
        var without = call(grantingChannel, new Metadata());
        without.write(begin(request));
        assertThat(failure(without).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);

        Metadata granted = new Metadata();
        granted.put(
                GrantInterceptor.GRANT,
                new GrantSigner(keys.getPrivate())
                        .sign(Grant.of(request, Instant.now().plusSeconds(10))));
        var with = call(grantingChannel, granted);
        with.write(begin(request));
        assertThat(with.read().getWanted().getDigest()).isEqualTo(digest());
        with.write(chunk(CONTENT, true));
        assertThat(with.read().hasAnswer()).isTrue();

        InferRequest swapped = request.toBuilder()
                .setInputs(
                        0,
                        reference(CONTENT.size())
                                .setRef(ContentRef.newBuilder()
                                        .setDigest("sha256:" + "0".repeat(64))
                                        .setSizeBytes(CONTENT.size())))
                .build();
        var other = call(grantingChannel, granted);
        other.write(begin(swapped));
        assertThat(failure(other).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }

    private BlockingClientCall<InferByReferenceRequest, InferByReferenceResponse> call() {
        return call(channel, new Metadata());
    }

    private static BlockingClientCall<InferByReferenceRequest, InferByReferenceResponse> call(
            ManagedChannel channel, Metadata headers) {
        return SpecialistServiceGrpc.newBlockingV2Stub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(Duration.ofSeconds(10))
                .inferByReference();
    }

    private static PinfactoryException failure(
            BlockingClientCall<InferByReferenceRequest, InferByReferenceResponse> call) throws InterruptedException {
        try {
            InferByReferenceResponse came = call.read();
            throw new AssertionError("was answered: " + came);
        } catch (StatusException e) {
            assertThat(e.getStatus().getCode()).isNotEqualTo(Status.Code.UNKNOWN);
            return Errors.fromGrpc(e.getStatus().asRuntimeException(e.getTrailers()));
        }
    }

    private static InferByReferenceRequest begin(InferRequest request) {
        return InferByReferenceRequest.newBuilder().setCall(request).build();
    }

    private static InferByReferenceRequest chunk(ByteString bytes, boolean last) {
        return InferByReferenceRequest.newBuilder()
                .setChunk(ContentChunk.newBuilder().setData(bytes).setLast(last))
                .build();
    }

    private static InferRequest request(long size) {
        return InferRequest.newBuilder()
                .setSpecialist("vowels")
                .addInputs(reference(size))
                .build();
    }

    private static Artifact.Builder reference(long size) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setRef(ContentRef.newBuilder().setDigest(digest()).setSizeBytes(size));
    }

    private static String digest() {
        return Digests.of(CONTENT.toByteArray());
    }
}
