package dev.pinfactory.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.pinfactory.encoder.EncodedText.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceEncoderTest {
    private static final List<String> TEXTS = List.of(
            "How do I activate my new card?",
            "The transfer to my landlord has not arrived.",
            "A sonata in three movements for violin and piano, composed in 1923 and played for the first time in Vienna.",
            "yes",
            "Ça coûte 12,50 € à Genève.",
            "The transfer to my landlord has not arrived yet, although I sent it three days ago!");

    private static final SentenceEncoder ENCODER = SentenceEncoder.shared();

    @Test
    void equalsTheReferenceImplementation() {
        BgeSmallEnV15QuantizedEmbeddingModel reference = new BgeSmallEnV15QuantizedEmbeddingModel();
        for (String text : TEXTS) {
            assertThat(ENCODER.encode(text))
                    .as(text)
                    .containsExactly(reference.embed(text).content().vector(), within(1e-4f));
        }
    }

    @Test
    void vectorsHaveLengthOne() {
        for (float[] vector : ENCODER.encode(TEXTS)) {
            assertThat(vector).hasSize(SentenceEncoder.DIMENSIONS);
            assertThat(dot(vector, vector)).isCloseTo(1.0, within(1e-5));
        }
    }

    @Test
    void aTextsVectorDoesNotDependOnItsNeighbours() {
        float[][] together = ENCODER.encode(TEXTS);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, TEXTS.size()).boxed().toList());
        Collections.shuffle(order, new Random(7));
        float[][] shuffled = ENCODER.encode(order.stream().map(TEXTS::get).toList());
        for (int i = 0; i < order.size(); i++) {
            assertThat(shuffled[i]).containsExactly(together[order.get(i)]);
            assertThat(ENCODER.encode(TEXTS.get(i))).containsExactly(together[i]);
        }
    }

    /** More texts than a pass takes, of one to a hundred words. */
    @Test
    void textsThatAreEncodedTogetherComeNearTheirOwnVectors() {
        List<String> texts = new ArrayList<>(TEXTS);
        texts.add(String.join(" ", Collections.nCopies(20, "Send the third invoice back.")));
        texts.addAll(List.of("Translate it", "Who wrote the letter?", "Find the total of the bill", "Read it aloud"));
        float[][] alone = ENCODER.encode(texts);
        float[][] together = ENCODER.encodeTogether(texts);
        assertThat(together).hasDimensions(texts.size(), SentenceEncoder.DIMENSIONS);
        for (int i = 0; i < together.length; i++) {
            assertThat(dot(together[i], together[i])).as(texts.get(i)).isCloseTo(1.0, within(1e-5));
            assertThat(dot(together[i], alone[i])).as(texts.get(i)).isGreaterThan(0.97);
        }
        assertThat(ENCODER.encodeTogether(texts)).isDeepEqualTo(together);
    }

    @Test
    void threadsGetTheSameVectors() throws Exception {
        float[][] expected = ENCODER.encode(TEXTS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[][]>> calls = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> ENCODER.encode(TEXTS)))
                    .toList();
            for (Future<float[][]> call : calls) {
                assertThat(call.get()).isDeepEqualTo(expected);
            }
        }
    }

    @Test
    void closeMeaningsAreCloser() {
        float[][] vectors = ENCODER.encode(List.of(
                "The transfer to my landlord has not arrived.",
                "Where is the money that I sent?",
                "A sonata for violin and piano."));
        assertThat(dot(vectors[0], vectors[1])).isGreaterThan(dot(vectors[0], vectors[2]) + 0.1);
    }

    @Test
    void aLongTextIsCutAtTheModelsEnd() {
        String page = "The parties agree to the terms. ".repeat(200);
        EncodedText cut = ENCODER.encodeTokens(page);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.tokens()).hasSize(SentenceEncoder.MAX_TOKENS - 2);
        String megabytes = page + "x".repeat(4_000_000);
        assertThat(ENCODER.encode(megabytes)).containsExactly(cut.sentence());
    }

    @Test
    void tokensPointIntoTheTextByCodePoint() {
        String text = "Paid 😀 1234567 to Zoë in Genève";
        EncodedText encoded = ENCODER.encodeTokens(text);
        assertThat(encoded.truncated()).isFalse();
        int[] codePoints = text.codePoints().toArray();
        List<String> pieces = encoded.tokens().stream()
                .map(token -> new String(codePoints, token.start(), token.end() - token.start()))
                .toList();
        assertThat(pieces).startsWith("Paid", "😀").contains("to", "in");
        assertThat(String.join("", pieces)).isEqualTo(text.replace(" ", ""));
        assertThat(encoded.tokens()).isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()));
        for (Token token : encoded.tokens()) {
            assertThat(token.vector()).hasSize(SentenceEncoder.DIMENSIONS);
        }
        assertThat(encoded.sentence()).containsExactly(ENCODER.encode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void aBlankTextIsRefusedByItsIndex(String blank) {
        assertThatThrownBy(() -> ENCODER.encode(List.of("fine", blank)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("texts[1]");
        assertThatThrownBy(() -> ENCODER.encodeTogether(List.of("fine", blank)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("texts[1]");
        assertThatThrownBy(() -> ENCODER.encodeTokens(blank)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTextsGiveNoVectors() {
        assertThat(ENCODER.encode(List.of())).isEmpty();
        assertThat(ENCODER.encodeTogether(List.of())).isEmpty();
    }

    @Test
    void anEncoderOfOnesOwnIsEqualAndCanBeClosed() {
        SentenceEncoder own = SentenceEncoder.load(new EncoderSettings(2, 1));
        assertThat(own.digest()).isEqualTo(ENCODER.digest()).matches("encoder@sha256:[0-9a-f]{64}");
        assertThat(own.encode(TEXTS.get(0))).containsExactly(ENCODER.encode(TEXTS.get(0)), within(1e-5f));
        own.close();
        own.close();
        assertThatThrownBy(() -> own.encode("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void theSharedEncoderStaysOpen() {
        SentenceEncoder.shared().close();
        assertThat(SentenceEncoder.shared().encode("still here")).hasSize(SentenceEncoder.DIMENSIONS);
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    @Test
    void theNativeRuntimeIsToldToReportNothing() {
        SentenceEncoder.shared().encode("any text");

        assertThat(NativeEnvironment.get("ORT_DISABLE_TELEMETRY")).contains("1");
    }
}
