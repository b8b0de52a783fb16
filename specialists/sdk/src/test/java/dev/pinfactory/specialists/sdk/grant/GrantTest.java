package dev.pinfactory.specialists.sdk.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.InferRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GrantTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:00:00Z");
    private static final KeyPair KEYS = GrantKeys.generate();
    private static final InferRequest REQUEST = request();

    private final GrantSigner signer = new GrantSigner(KEYS.getPrivate());
    private final GrantVerifier verifier = verifierAt(NOW);

    @Test
    void aGrantLetsItsOwnCallThroughAndThatAgain() {
        byte[] grant = signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        assertThatCode(() -> verifier.check(grant, REQUEST, "1.0.0")).doesNotThrowAnyException();
        assertThatCode(() -> verifier.check(grant, REQUEST, "1.0.0")).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRequests")
    void aGrantIsForNoOtherCall(String what, Consumer<InferRequest.Builder> change) {
        byte[] grant = signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        InferRequest.Builder other = REQUEST.toBuilder();
        change.accept(other);
        denied(grant, other.build(), "another call");
    }

    static Stream<Arguments> otherRequests() {
        return Stream.of(
                change("task", request -> request.getContextBuilder().setTaskId("t-2")),
                change("step", request -> request.getContextBuilder().setStep("b")),
                change("item", request -> request.getContextBuilder().setItem(1)),
                change("no item", request -> request.getContextBuilder().clearItem()),
                change("tenant", request -> request.getContextBuilder().setTenant("other")),
                change("specialist", request -> request.setSpecialist("other")),
                change("input", request -> request.getInputsBuilder(0).setText("swapped")),
                change("port", request -> request.getInputsBuilder(0).setName("other")),
                change(
                        "more input",
                        request -> request.addInputs(Artifact.newBuilder().setName("more"))),
                change("input twice", request -> request.addInputs(request.getInputs(0))),
                change(
                        "parameter",
                        request -> request.putParameters(
                                "limit", Value.newBuilder().setNumberValue(2).build())));
    }

    @Test
    void noGrantIsForAPortThatIsThereTwice() {
        InferRequest twice = REQUEST.toBuilder().addInputs(REQUEST.getInputs(0)).build();
        assertThatThrownBy(() -> Grant.of(twice, NOW.plusSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aGrantIsForOneVersion() {
        byte[] grant = signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        assertThatThrownBy(() -> verifier.check(grant, REQUEST, "2.0.0")).hasMessageContaining("another call");
    }

    @Test
    void anExpiredGrantIsRefused() {
        byte[] grant = signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        assertThatThrownBy(() -> verifierAt(NOW.plusSeconds(66)).check(grant, REQUEST, "1.0.0"))
                .hasMessageContaining("expired");
    }

    @Test
    void noGrantIsRefused() {
        denied(new byte[0], REQUEST, "no grant");
    }

    @Test
    void aStrangersSignatureIsRefused() {
        byte[] forged = new GrantSigner(GrantKeys.generate().getPrivate()).sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        denied(forged, REQUEST, "signature");
    }

    @Test
    void everyFlippedByteIsRefused() {
        byte[] grant = signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60)));
        for (int i = 0; i < grant.length; i++) {
            byte[] flipped = grant.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> verifier.check(flipped, REQUEST, "1.0.0"))
                    .as("byte " + i)
                    .isInstanceOf(PinfactoryException.class);
        }
    }

    @Test
    void noOtherAlgorithmIsRead() {
        String[] parts =
                new String(signer.sign(Grant.of(REQUEST, NOW.plusSeconds(60))), StandardCharsets.US_ASCII).split("\\.");
        for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}", "{\"alg\":\"EdDSA\",\"jwk\":{}}")) {
            String encoded =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            byte[] other = (encoded + "." + parts[1] + "." + parts[2]).getBytes(StandardCharsets.US_ASCII);
            denied(other, REQUEST, "signature");
            denied((encoded + "." + parts[1] + ".").getBytes(StandardCharsets.US_ASCII), REQUEST, "signature");
        }
    }

    @Test
    void garbageIsRefusedAndNeverThrowsAnythingElse() {
        for (String garbage :
                List.of("x", "..", "a.b.c.d", "\u0000.\u0001.\u0002", "e30.e30.e30", "x".repeat(100_000))) {
            assertThatThrownBy(() -> verifier.check(garbage.getBytes(StandardCharsets.UTF_8), REQUEST, "1.0.0"))
                    .isInstanceOfSatisfying(
                            PinfactoryException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        }
    }

    @Test
    void keysSurvivePem() {
        assertThat(GrantKeys.publicKey(GrantKeys.toPem(KEYS.getPublic()))).isEqualTo(KEYS.getPublic());
        assertThat(GrantKeys.privateKey(GrantKeys.toPem(KEYS.getPrivate()))).isEqualTo(KEYS.getPrivate());
        assertThatThrownBy(() -> GrantKeys.publicKey("no key")).isInstanceOf(IllegalArgumentException.class);
    }

    private void denied(byte[] grant, InferRequest request, String reason) {
        assertThatThrownBy(() -> verifier.check(grant, request, "1.0.0"))
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        PinfactoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }

    private static GrantVerifier verifierAt(Instant instant) {
        return new GrantVerifier(List.of(KEYS.getPublic()), Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static Arguments change(String what, Consumer<InferRequest.Builder> change) {
        return Arguments.of(what, change);
    }

    private static InferRequest request() {
        return InferRequest.newBuilder()
                .setSpecialist("vowels")
                .setVersion("1.0.0")
                .setContext(CallContext.newBuilder()
                        .setTenant("local")
                        .setTaskId("t-1")
                        .setStep("a")
                        .setItem(0))
                .addInputs(Artifact.newBuilder().setName("text").setType("text").setText("hello"))
                .putParameters("limit", Value.newBuilder().setNumberValue(1).build())
                .build();
    }
}
