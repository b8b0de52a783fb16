package dev.pinfactory.specialists.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberingEncoderTest {
    private final List<String> encoded = new ArrayList<>();

    /** Gives the length of a text as its vector. */
    private final SentenceEncoder counting = new SentenceEncoder() {
        @Override
        public float[][] encode(List<String> texts) {
            encoded.addAll(texts);
            return texts.stream().map(text -> new float[] {text.length()}).toArray(float[][]::new);
        }

        @Override
        public EncodedText encodeTokens(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String digest() {
            return "encoder@sha256:test";
        }

        @Override
        public void close() {}
    };

    @Test
    void aTextIsEncodedOnce() {
        RememberingEncoder encoder = new RememberingEncoder(counting, 8);
        assertThat(encoder.encode(List.of("a", "bb", "a"))).isDeepEqualTo(new float[][] {{1}, {2}, {1}});
        assertThat(encoder.encode(List.of("bb", "ccc"))).isDeepEqualTo(new float[][] {{2}, {3}});
        assertThat(encoded).containsExactly("a", "bb", "ccc");
    }

    @Test
    void callersCantSpoilWhatIsKept() {
        RememberingEncoder encoder = new RememberingEncoder(counting, 8);
        encoder.encode(List.of("a"))[0][0] = 99;
        assertThat(encoder.encode(List.of("a"))[0]).containsExactly(1);
    }

    @Test
    void onlyTheLatestTextsAreKept() {
        RememberingEncoder encoder = new RememberingEncoder(counting, 2);
        encoder.encode(List.of("a", "bb", "ccc"));
        encoder.encode(List.of("a"));
        assertThat(encoded).containsExactly("a", "bb", "ccc", "a");
    }

    @Test
    void longTextsAreNotKept() {
        RememberingEncoder encoder = new RememberingEncoder(counting, 2);
        String novel = "x".repeat(10_000);
        encoder.encode(List.of(novel));
        encoder.encode(List.of(novel));
        assertThat(encoded).hasSize(2);
    }
}
