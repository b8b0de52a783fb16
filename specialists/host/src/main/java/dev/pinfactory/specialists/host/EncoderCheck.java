package dev.pinfactory.specialists.host;

import dev.pinfactory.proto.v1.Card;
import java.util.Collection;
import java.util.function.Supplier;

/** A head that was trained on one encoder's vectors gives nonsense on another's, so a host with the wrong one refuses to start. */
final class EncoderCheck {
    private static final String ENCODER = "encoder@";

    private EncoderCheck() {}

    /**
     * @param actual asked only if a card uses an encoder, because the answer may load it
     * @throws IllegalStateException when a card was made for another encoder
     */
    static void check(Collection<Card> cards, Supplier<String> actual) {
        for (Card card : cards) {
            for (String used : card.getVersion().getRuntime().getUsesList()) {
                if (used.startsWith(ENCODER) && !used.equals(actual.get())) {
                    throw new IllegalStateException("specialist '"
                            + card.getContract().getId() + "' "
                            + card.getVersion().getNumber() + " uses " + used + ", this host has " + actual.get());
                }
            }
        }
    }
}
