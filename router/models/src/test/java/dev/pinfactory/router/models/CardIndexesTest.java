package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.EncodedText;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CardIndexesTest {
    private static Contract card(String id) {
        return Contract.newBuilder().setId(id).setSummary("Does " + id + ".").build();
    }

    /** The direction of a text is what its letters are; nothing that it means. */
    private static class LetterEncoder implements SentenceEncoder {
        @Override
        public float[][] encode(List<String> texts) {
            return texts.stream()
                    .map(text -> {
                        float[] vector = new float[DIMENSIONS];
                        text.chars().forEach(letter -> vector[letter % DIMENSIONS]++);
                        double length = Math.sqrt(Features.dot(vector, vector));
                        for (int i = 0; i < vector.length; i++) {
                            vector[i] /= (float) length;
                        }
                        return vector;
                    })
                    .toArray(float[][]::new);
        }

        @Override
        public EncodedText encodeTokens(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String digest() {
            return "letters";
        }

        @Override
        public void close() {}
    }

    private static Contracts cards(int count) {
        return Contracts.of(IntStream.range(0, count)
                .mapToObj(number -> card(String.format("card-%04d", number)))
                .toList());
    }

    @Test
    void aLargePartOfAKnownCatalogueIsFoundInIt() {
        CardIndexes indexes = new CardIndexes(new LetterEncoder());
        Contracts all = cards(700);
        Catalogue whole = indexes.of(all);

        Contracts part = all.only(contract -> !contract.getId().equals("card-0005"));
        Choice choice = indexes.choice(part);

        assertThat(choice.catalogue()).isSameAs(whole);
        assertThat(Arrays.stream(choice.cards()).mapToObj(whole::contract)).containsExactlyElementsOf(part.all());
        assertThat(indexes.choice(part.with(card("another"))).catalogue()).isNotSameAs(whole);
    }

    @Test
    void aSmallPartIsACatalogueOfItsOwn() {
        CardIndexes indexes = new CardIndexes(new LetterEncoder());
        Contracts all = cards(700);
        indexes.of(all);

        Choice choice = indexes.choice(all.only(contract -> contract.getId().endsWith("0")));

        assertThat(choice.size()).isEqualTo(70);
        assertThat(choice.catalogue().size()).isEqualTo(70);
    }

    @Test
    void nobodyIsChosenWhomConstraintsLeaveOut() {
        CardIndexes indexes = new CardIndexes(new LetterEncoder());
        Contracts all = cards(700);
        indexes.of(all);
        Choice choice = indexes.choice(all.only(contract -> contract.getId().compareTo("card-0600") < 0));
        float[] values = new float[700];
        for (int card = 0; card < values.length; card++) {
            values[card] = card;
        }

        assertThat(choice.best(values, 2)).containsExactly(598, 599);
    }

    @Test
    void whoeverIsInterruptedPreparesNoFurtherCard() {
        List<String> encoded = new ArrayList<>();
        CardIndexes indexes = new CardIndexes(new LetterEncoder() {
            @Override
            public float[][] encode(List<String> texts) {
                encoded.add(texts.getFirst());
                Thread.currentThread().interrupt();
                return super.encode(texts);
            }
        });

        indexes.prepare(Contracts.of(List.of(card("one"), card("two"), card("three"))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(encoded).hasSize(1);
    }
}
