package dev.pinfactory.specialists.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.specialists.adapters.server.AdaptedModel;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse;
import dev.pinfactory.specialists.sdk.Inference;
import dev.pinfactory.specialists.sdk.InferenceResult;
import io.grpc.Deadline;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.core.env.StandardEnvironment;

class OpenInferenceModelTest {
    private static final Inference SHORT = Inference.ofText("text", "äb");
    private static final Inference LONG = Inference.ofText("text", "a text of more than ten bytes");

    @TempDir
    Path directory;

    private TestingModelServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestingModelServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void stacksItemsAlongTheFirstDimension() throws Exception {
        assertThat(ask(SHORT, LONG)).map(OpenInferenceModelTest::label).containsExactly("short", "long");
        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.getFirst().getInputs(0).getShapeList()).containsExactly(2L, 1L);
        assertThat(server.requests.getFirst().getRawInputContents(0).substring(0, 7))
                .isEqualTo(ByteString.copyFrom(new byte[] {3, 0, 0, 0, (byte) 0xc3, (byte) 0xa4, 'b'}));
    }

    @Test
    void sendsTypedContentsWhereTheMappingSaysSo() throws Exception {
        assertThat(ask("  raw-contents: false\n", LONG))
                .map(OpenInferenceModelTest::label)
                .containsExactly("long");
        assertThat(server.requests.getFirst().getRawInputContentsCount()).isZero();
    }

    @Test
    void readsTypedContentsAndAbstainsWhenUnsure() throws Exception {
        answer(response -> {
            response.clearRawOutputContents();
            response.getOutputsBuilder(0)
                    .getContentsBuilder()
                    .addFp32Contents(0)
                    .addFp32Contents(0.1f);
        });
        assertThat(ask(LONG).getFirst()).isInstanceOf(InferenceResult.Abstained.class);
    }

    @Test
    void refusesAnotherShape() throws Exception {
        answer(response -> response.getOutputsBuilder(0).setShape(1, 3));
        fails(ErrorCode.SPECIALIST_OUTPUT_INVALID, "has the shape [1, 3], expected [1, 2]");
    }

    @Test
    void refusesAnotherDatatype() throws Exception {
        answer(response -> response.getOutputsBuilder(0).setDatatype("FP64"));
        fails(ErrorCode.SPECIALIST_OUTPUT_INVALID, "is FP64, expected FP32");
    }

    @Test
    void refusesAnotherLength() throws Exception {
        answer(response -> response.setRawOutputContents(0, ByteString.copyFrom(new byte[7])));
        fails(ErrorCode.SPECIALIST_OUTPUT_INVALID, "has 7 bytes, expected 8");
    }

    @Test
    void refusesNumbersThatAreNotFinite() throws Exception {
        byte[] nan = {0, 0, (byte) 0xc0, 0x7f, 0, 0, 0, 0};
        answer(response -> response.setRawOutputContents(0, ByteString.copyFrom(nan)));
        fails(ErrorCode.SPECIALIST_OUTPUT_INVALID, "not finite");
    }

    @Test
    void saysNothingOfWhatTheServerWroteWhenItFails() throws Exception {
        server.failure = Status.INTERNAL.withDescription("/opt/secret at 10.0.0.7");
        fails(ErrorCode.SPECIALIST_FAILED, "the model server failed (INTERNAL)");
    }

    @Test
    void isUnavailableWhenTheModelIsUnknown() throws Exception {
        server.failure = Status.NOT_FOUND.withDescription("no such model");
        fails(ErrorCode.SPECIALIST_UNAVAILABLE, "does not serve the model");
    }

    @Test
    void isUnavailableWhenTheServerHasGone() throws Exception {
        server.close();
        fails(ErrorCode.SPECIALIST_UNAVAILABLE, "is not available");
    }

    @Test
    void isUnavailableWhenTheServerDiesInTheMiddle() throws Exception {
        server.dying = true;
        fails(ErrorCode.SPECIALIST_UNAVAILABLE, "is not available");
    }

    @Test
    void isReadyWhenServerAndModelAre() throws Exception {
        TestingFolder.write(directory, server.address());
        try (AdaptedModel model = Adapters.read(directory, new StandardEnvironment(), new DefaultSslBundleRegistry())
                .models()
                .get("length")) {
            assertThat(model.ready()).isTrue();
            server.ready = false;
            assertThat(model.ready()).isFalse();
            server.close();
            assertThat(model.ready()).isFalse();
        }
    }

    @Test
    void timesOutWhenTheServerIsSilent() throws Exception {
        server.silent = true;
        fails(ErrorCode.SPECIALIST_TIMEOUT, "did not answer in time");
    }

    @Test
    void tellsTheServerThatNobodyWaits() throws Exception {
        server.silent = true;
        Inference cancelled = new Inference(LONG.inputs(), Map.of(), () -> !server.requests.isEmpty());
        ask("  max-message: 1MB\n", cancelled);
        assertThat(server.cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theServerHasNoMoreTimeThanTheCaller() throws Exception {
        Deadline until = Deadline.after(10, TimeUnit.SECONDS);
        TestingFolder.write(directory, server.address());
        Path mapping = directory.resolve("length").resolve("mapping.yaml");
        Files.writeString(mapping, Files.readString(mapping).replace("timeout: 1s", "timeout: 60s"));
        try (AdaptedModel model = Adapters.read(directory, new StandardEnvironment(), new DefaultSslBundleRegistry())
                .models()
                .get("length")) {
            model.infer(List.of(new Inference(LONG.inputs(), Map.of(), () -> false, Optional.of(until))));
        }
        assertThat(Objects.requireNonNull(server.deadline).isBefore(Deadline.after(30, TimeUnit.SECONDS)))
                .isTrue();
    }

    @Test
    void isNotAskedWithoutTimeLeft() throws Exception {
        Deadline passed = Deadline.after(-1, TimeUnit.MILLISECONDS);
        ask(new Inference(LONG.inputs(), Map.of(), () -> false, Optional.of(passed)));
        assertThat(server.requests).isEmpty();
    }

    @Test
    void refusesInputsAboveTheBound() throws Exception {
        InferenceResult result = ask("  max-message: 1KB\n", Inference.ofText("text", "x".repeat(2_000)))
                .getFirst();
        assertThat(((InferenceResult.Failed) result).code()).isEqualTo(ErrorCode.SPECIALIST_INPUT_INVALID);
        assertThat(server.requests).isEmpty();
    }

    @Test
    void namesWhatIsUnknownInAMapping() throws Exception {
        assertThatThrownBy(() -> ask("  batches: 3\n", SHORT))
                .hasMessageContaining("mapping.yaml")
                .hasMessageContaining("batches");
    }

    private void answer(Consumer<ModelInferResponse.Builder> change) {
        server.answer = response -> {
            ModelInferResponse.Builder builder = response.toBuilder();
            change.accept(builder);
            return builder.build();
        };
    }

    private void fails(ErrorCode code, String detail) throws Exception {
        InferenceResult.Failed failed = (InferenceResult.Failed) ask(LONG).getFirst();
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.detail()).contains(detail).doesNotContain("127.0.0.1", "secret", "10.0.0.7");
    }

    private List<InferenceResult> ask(Inference... items) throws Exception {
        return ask("", items);
    }

    private List<InferenceResult> ask(String more, Inference... items) throws Exception {
        TestingFolder.write(directory, server.address(), more);
        try (AdaptedModel model = Adapters.read(directory, new StandardEnvironment(), new DefaultSslBundleRegistry())
                .models()
                .get("length")) {
            return model.infer(List.of(items));
        }
    }

    private static String label(InferenceResult result) {
        return ((InferenceResult.Answered) result)
                .outputs()
                .getFirst()
                .getJson()
                .getStructValue()
                .getFieldsOrThrow("label")
                .getStringValue();
    }
}
