package dev.pinfactory.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncoderAdapterTest {
    private static final String QUERY = "encoder.layer.7.attention.self.query";
    private static final QuantisedModel MODEL = QuantisedModel.shipped();

    private static EncoderAdapter adapter(String encoder, String matrix, float size) {
        int[] shape = MODEL.shape(matrix);
        Random random = new Random(5);
        return new EncoderAdapter(
                encoder,
                List.of(new EncoderAdapter.Sum(
                        matrix, 2, numbers(2 * shape[0], size, random), numbers(2 * shape[1], size, random))));
    }

    private static float[] numbers(int count, float size, Random random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = size * (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void theModelHasSixMatricesInEachOfTwelveLayers() {
        assertThat(MODEL.matrices()).hasSize(72).contains(QUERY, "encoder.layer.11.intermediate.dense");
        assertThat(MODEL.shape("encoder.layer.11.output.dense")).containsExactly(1536, 384);
        assertThat(MODEL.vector("encoder.layer.7.output.LayerNorm.weight")).hasSize(384);
        assertThatThrownBy(() -> MODEL.matrix("encoder.layer.12.output.dense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encoder.layer.12.output.dense");
    }

    @Test
    void asAFileItIsTheSameToSixteenBits() throws IOException {
        EncoderAdapter adapter = adapter("encoder", QUERY, 0.1f);
        EncoderAdapter read = EncoderAdapter.read(adapter.toBytes());

        assertThat(read.encoder()).isEqualTo("encoder");
        assertThat(read.sums().getFirst().matrix()).isEqualTo(QUERY);
        assertThat(read.sums().getFirst().dense())
                .usingComparatorWithPrecision(1e-3f)
                .containsExactly(adapter.sums().getFirst().dense());
        assertThatThrownBy(() -> EncoderAdapter.read(new byte[] {9, 0, 0}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format");
    }

    @Test
    void theChangedMatrixIsTheSumToHalfAStep() {
        EncoderAdapter adapter = adapter("encoder", QUERY, 0.1f);
        float[] before = MODEL.matrix(QUERY);
        float[] sum = adapter.sums().getFirst().dense();
        float[] after = QuantisedModel.of(MODEL.with(adapter)).matrix(QUERY);

        for (int column = 0; column < 384; column++) {
            float largest = 0;
            for (int at = column; at < after.length; at += 384) {
                largest = Math.max(largest, Math.abs(before[at] + sum[at]));
            }
            for (int at = column; at < after.length; at += 384) {
                assertThat(Math.abs(after[at] - before[at] - sum[at])).isLessThanOrEqualTo(largest / 127 / 2 + 1e-6f);
            }
        }
    }

    @Test
    void anAdapterThatAddsNothingLeavesTheVectors() {
        String text = "Translate the letter and tell me who wrote it.";
        float[] before = SentenceEncoder.shared().encode(text);

        try (SentenceEncoder same = tuned(0);
                SentenceEncoder other = tuned(0.5f)) {
            assertThat(dot(before, same.encode(text))).isGreaterThan(0.999f);
            assertThat(dot(before, other.encode(text))).isLessThan(0.99f);
            assertThat(other.digest())
                    .isNotEqualTo(SentenceEncoder.shared().digest())
                    .isNotEqualTo(same.digest());
        }
    }

    @Test
    void anAdapterForAnotherEncoderOrShapeIsRefused() {
        assertThatThrownBy(() -> SentenceEncoder.load(EncoderSettings.defaults(), adapter("other", QUERY, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other");
        EncoderAdapter misfit = new EncoderAdapter(
                "encoder", List.of(new EncoderAdapter.Sum(QUERY, 1, new float[384], new float[383])));
        assertThatThrownBy(() -> MODEL.with(misfit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("384 × 383");
    }

    private static SentenceEncoder tuned(float size) {
        return SentenceEncoder.load(
                EncoderSettings.defaults(), adapter(SentenceEncoder.shared().digest(), QUERY, size));
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
