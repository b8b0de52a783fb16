package dev.pinfactory.orchestrator.service.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.ContentRef;
import dev.pinfactory.proto.v1.LlmEstimate;
import dev.pinfactory.proto.v1.Task;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class LlmPriceTest {
    private static final LlmPrice PRICE = new LlmPrice("EUR", new BigDecimal("2"), new BigDecimal("10"));
    private static final Value NOTHING = Value.getDefaultInstance();

    private static Artifact text(int bytes) {
        return Artifact.newBuilder().setText("x".repeat(bytes)).build();
    }

    private static Artifact stored(String mediaType, long size) {
        return Artifact.newBuilder()
                .setRef(ContentRef.newBuilder().setMediaType(mediaType).setSizeBytes(size))
                .build();
    }

    private static long read(Artifact input) {
        return PRICE.estimate(Task.newBuilder().addInputs(input).build(), NOTHING)
                        .getInputTokens()
                - PRICE.estimate(Task.getDefaultInstance(), NOTHING).getInputTokens();
    }

    @Test
    void textsCountAsATokenForFourBytesWhereverTheyAre() {
        assertThat(read(text(4_000))).isBetween(1_000L, 1_001L);
        assertThat(read(stored("text/plain", 4_000))).isEqualTo(1_000);
        ArtifactList two = ArtifactList.newBuilder()
                .addItems(text(400))
                .addItems(text(400))
                .build();
        assertThat(read(Artifact.newBuilder().setItems(two).build())).isBetween(200L, 202L);
    }

    @Test
    void documentsAndImagesAreNotCounted() {
        assertThat(read(stored("image/png", 1_000_000))).isZero();
        assertThat(read(Artifact.newBuilder()
                        .setData(ByteString.copyFrom(new byte[10_000]))
                        .build()))
                .isZero();
    }

    @Test
    void whatIsReadAndWrittenHasItsOwnPrice() {
        Value output = Value.newBuilder().setStringValue("y".repeat(40_000)).build();
        LlmEstimate estimate =
                PRICE.estimate(Task.newBuilder().addInputs(text(400_000)).build(), output);
        assertThat(new BigDecimal(estimate.getCost().getValue()).doubleValue()).isBetween(0.300, 0.301);
        assertThat(estimate.getCost().getCurrency()).isEqualTo("EUR");
        assertThat(estimate.getBasis()).startsWith("estimate:").contains("2 and 10 EUR");
    }

    @Test
    void aPriceThatIsNoneIsRefusedByName() {
        assertThatThrownBy(() -> new LlmPrice("euro", BigDecimal.ONE, BigDecimal.ONE))
                .hasMessageContaining("llm-price.currency")
                .hasMessageContaining("'euro'");
        assertThatThrownBy(() -> new LlmPrice("EUR", BigDecimal.ONE, BigDecimal.TEN.negate()))
                .hasMessageContaining("llm-price.output-per-million")
                .hasMessageContaining("-10");
    }
}
