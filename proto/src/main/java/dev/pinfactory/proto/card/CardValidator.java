package dev.pinfactory.proto.card;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Card;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks cards, and returns every rule that they break, each naming the field. */
public final class CardValidator {
    private static final Pattern STRICT_ID =
            Pattern.compile("([a-z][a-z0-9]*(-[a-z0-9]+)*/)?[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_ID = 128;

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

    /** Several cards that stand together: also that no id is there twice. */
    public List<FieldViolation> validateAll(List<Card> cards) {
        List<FieldViolation> violations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < cards.size(); i++) {
            String at = cards.size() == 1 ? "" : "cards[" + i + "].";
            String id = cards.get(i).getContract().getId();
            if (id.length() > MAX_ID || (strict ? !STRICT_ID.matcher(id).matches() : id.isBlank())) {
                violations.add(new FieldViolation(at + "contract.id", "'" + id + "' is not an id"));
            }
            if (!ids.add(id)) {
                violations.add(new FieldViolation(at + "contract.id", "'" + id + "' is there twice"));
            }
        }
        return violations;
    }
}
