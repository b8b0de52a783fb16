package dev.pinfactory.e2e.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.CardReader;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.models.SimilarCard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where "nearly the same" begins: the cards of all specialists that ship, copies of them in other words, and cards for something else. */
class NearCopiesTest {
    private static final RouterModels MODELS = RouterModels.shipped(SentenceEncoder.shared());
    private static final Contracts PACK = new PackPlanner().contracts();

    private static final Map<String, String> COPY_OF = Map.of(
            "tone-of-voice", "sentiment",
            "anonymiser", "pii-redact",
            "recap", "summary",
            "which-language", "language-id",
            "bill-reader", "receipt-fields",
            "personal-data-finder", "pii",
            "customer-wish", "intent",
            "junk-filter", "spam",
            "clause-checker", "clauses",
            "named-entities", "entities");

    private static List<Contract> cards(String resource) {
        try (InputStream in = NearCopiesTest.class.getResourceAsStream(resource)) {
            return CardReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)).stream()
                    .map(Card::getContract)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> nearlyTheSame(Contract card, Contracts others) {
        return MODELS.nearest(card, others, others.size()).stream()
                .filter(SimilarCard::nearlyTheSame)
                .map(similar -> similar.contract().getId())
                .toList();
    }

    @Test
    void noTwoSpecialistsOfThePackAreNearlyTheSame() {
        assertThat(PACK.size()).isEqualTo(26);
        assertThat(PACK.all())
                .allSatisfy(card ->
                        assertThat(nearlyTheSame(card, PACK)).as(card.getId()).isEmpty());
    }

    /** Finding and redacting speak of the same, and give something else. */
    @Test
    void findingPersonalDataIsNearestToRedactingIt() {
        Contract finding = PACK.find("pii").orElseThrow();
        SimilarCard nearest = MODELS.nearest(finding, PACK, 1).getFirst();
        assertThat(nearest.contract().getId()).isEqualTo("pii-redact");
        assertThat(nearest.sameTypes()).isFalse();
    }

    @Test
    void aCopyInOtherWordsIsNearlyTheSameAsItsOriginalAndAsNothingElse() {
        List<Contract> copies = cards("near-copies.yaml");
        assertThat(copies).extracting(Contract::getId).containsExactlyInAnyOrderElementsOf(COPY_OF.keySet());
        assertThat(copies)
                .allSatisfy(copy -> assertThat(nearlyTheSame(copy, PACK))
                        .as(copy.getId())
                        .containsExactly(COPY_OF.get(copy.getId())));
    }

    @Test
    void aCardForSomethingNearIsNoCopy() {
        Contracts all = cards("near-copies.yaml").stream().reduce(PACK, Contracts::with, (one, other) -> one);
        List<Contract> neighbours = cards("neighbours.yaml");
        assertThat(neighbours)
                .hasSize(10)
                .allSatisfy(card ->
                        assertThat(nearlyTheSame(card, all)).as(card.getId()).isEmpty());
        assertThat(neighbours)
                .allSatisfy(card -> assertThat(nearlyTheSame(card, Contracts.of(neighbours)))
                        .as(card.getId())
                        .isEmpty());
    }
}
