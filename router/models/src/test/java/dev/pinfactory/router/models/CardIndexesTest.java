package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CardIndexesTest {
    private static Contract card(String id) {
        return Contract.newBuilder().setId(id).setSummary("Does " + id + ".").build();
    }

    @Test
    void whoeverIsInterruptedPreparesNoFurtherCard() {
        List<String> encoded = new ArrayList<>();
        CardIndexes indexes = new CardIndexes(new SentenceEncoder() {
            @Override
            public float[][] encode(List<String> texts) {
                encoded.add(texts.getFirst());
                Thread.currentThread().interrupt();
                return texts.stream().map(text -> new float[DIMENSIONS]).toArray(float[][]::new);
            }

            @Override
            public EncodedText encodeTokens(String text) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String digest() {
                return "none";
            }

            @Override
            public void close() {}
        });

        indexes.prepare(Contracts.of(List.of(card("one"), card("two"), card("three"))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(encoded).hasSize(1);
    }
}
