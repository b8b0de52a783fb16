package dev.pinfactory.proto.card;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import java.util.List;

/** A card that takes no traffic, looked at as if it did. */
public final class TriedCard {
    private TriedCard() {}

    /**
     * The catalogue with the card in it, in the place of one with the same id.
     *
     * @throws PinfactoryException CARD_INVALID with everything that is wrong with the card, each field below {@code card}
     */
    public static Contracts in(Contracts catalogue, Card card) {
        List<FieldViolation> wrong = CardValidator.strict().validate(card).stream()
                .map(violation -> new FieldViolation("card." + violation.field(), violation.description()))
                .toList();
        if (!wrong.isEmpty()) {
            throw PinfactoryException.of(ErrorCode.CARD_INVALID, wrong);
        }
        try {
            return catalogue.with(card.getContract());
        } catch (IllegalArgumentException e) {
            throw PinfactoryException.of(
                    ErrorCode.CARD_INVALID, "card.contract.types", "do not fit the catalogue: " + e.getMessage());
        }
    }
}
