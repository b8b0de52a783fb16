package dev.pinfactory.proto.card;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.TypeDeclaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks cards, and returns every rule that they break, each naming the field. */
public final class CardValidator {
    private static final int MAX_VIOLATIONS = 500;

    private final boolean strict;

    private CardValidator(boolean strict) {
        this.strict = strict;
    }

    /** For cards of specialists. */
    public static CardValidator strict() {
        return new CardValidator(true);
    }

    /** For tool lists in the benchmark format: any printable id, types without namespace, no ports needed. */
    public static CardValidator relaxed() {
        return new CardValidator(false);
    }

    public List<FieldViolation> validate(Card card) {
        return validateAll(List.of(card));
    }

    /** Several cards that stand together: each by itself, no id twice, and types that agree. */
    public List<FieldViolation> validateAll(List<Card> cards) {
        CardFields fields = new CardFields(strict, MAX_VIOLATIONS);
        List<TypeDeclaration> declarations = new ArrayList<>();
        cards.forEach(card -> declarations.addAll(card.getContract().getTypesList()));
        SemanticTypes types = types(declarations, fields);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < cards.size(); i++) {
            String at = cards.size() == 1 ? "" : "cards[" + i + "].";
            Card card = cards.get(i);
            new ContractRules(fields, types, at + "contract").check(card.getContract());
            if (card.hasVersion()) {
                new VersionRules(fields, at + "version").check(card.getVersion());
            } else if (strict) {
                fields.add(at + "version", "is missing");
            }
            if (!ids.add(card.getContract().getId())) {
                fields.add(at + "contract.id", "is the id of another card too");
            }
        }
        return fields.violations();
    }

    private static SemanticTypes types(List<TypeDeclaration> declarations, CardFields fields) {
        try {
            return SemanticTypes.with(declarations);
        } catch (IllegalArgumentException e) {
            fields.add("contract.types", String.valueOf(e.getMessage()));
            return SemanticTypes.builtIn();
        }
    }
}
