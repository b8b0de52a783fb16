package dev.pinfactory.router.planner.output;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which specialist each place of a schema asks for: its words are grounded as those of a clause are. Where specialists that claim a place give nothing of
 * its type, what is left is shared among the others, for somebody is meant.
 */
final class Claims {
    /** More places than that are only compared with what is there already. */
    private static final int MAX_GROUNDED = 48;

    private static final double SUREST = 0.97;

    private final Map<String, List<Claim>> byText;

    private Claims(Map<String, List<Claim>> byText) {
        this.byText = byText;
    }

    /** A specialist, and with what probability a place means it. */
    record Claim(Contract contract, double probability) {}

    /**
     * @param forbidden ids of specialists that nobody may bring in
     * @param fits whether a specialist gives anything that the place can hold
     */
    static Claims of(
            List<SchemaPlace> places,
            Grounder grounder,
            Contracts contracts,
            Set<String> forbidden,
            BiPredicate<SchemaPlace, Contract> fits) {
        Map<String, SchemaPlace> byText = new java.util.LinkedHashMap<>();
        for (SchemaPlace place : places) {
            if (!place.isNameless() && byText.size() < MAX_GROUNDED) {
                byText.putIfAbsent(place.text(), place);
            }
        }
        if (byText.isEmpty()) {
            return new Claims(Map.of());
        }
        Grounding grounding = grounder.ground(asClauses(List.copyOf(byText.keySet())), contracts);
        Map<String, List<Claim>> claims = new HashMap<>();
        int at = 0;
        for (Map.Entry<String, SchemaPlace> entry : byText.entrySet()) {
            int clause = at++;
            claims.put(entry.getKey(), shared(entry.getValue(), clause, grounding, forbidden, fits));
        }
        return new Claims(claims);
    }

    private static List<Claim> shared(
            SchemaPlace place,
            int clause,
            Grounding grounding,
            Set<String> forbidden,
            BiPredicate<SchemaPlace, Contract> fits) {
        double lost = 0;
        List<CardScore> able = new ArrayList<>();
        for (CardScore score : grounding.scores()) {
            if (score.of(clause) < Selection.ANSWERS) {
                continue;
            }
            if (fits.test(place, score.contract())) {
                able.add(score);
            } else {
                lost += score.of(clause);
            }
        }
        double left = Math.max(Selection.ANSWERS, 1 - lost);
        return able.stream()
                .filter(score -> !forbidden.contains(score.contract().getId()))
                .map(score -> new Claim(
                        score.contract(), Math.max(score.of(clause), Math.min(SUREST, score.of(clause) / left))))
                .sorted((a, b) -> Double.compare(b.probability(), a.probability()))
                .toList();
    }

    private static Interpretation asClauses(List<String> texts) {
        StringBuilder whole = new StringBuilder();
        List<Clause> clauses = new ArrayList<>();
        for (String text : texts) {
            int start = whole.length();
            whole.append(text);
            clauses.add(new Clause(
                    text,
                    "",
                    text,
                    start,
                    whole.length(),
                    // No request: what one place says does not point back at another.
                    Clause.Kind.STATEMENT,
                    clauses.size(),
                    false,
                    false,
                    false,
                    Optional.empty()));
            whole.append(". ");
        }
        return new Interpretation(whole.toString(), Tokenizer.tokens(whole.toString()), clauses, Map.of(), Set.of());
    }

    /** Best first; what is less than an answer is left out. */
    List<Claim> of(SchemaPlace place) {
        return byText.getOrDefault(place.text(), List.of());
    }

    double of(SchemaPlace place, Contract contract) {
        return of(place).stream()
                .filter(claim -> claim.contract().getId().equals(contract.getId()))
                .mapToDouble(Claim::probability)
                .findFirst()
                .orElse(0);
    }

    /** Somebody else is meant, and clearly. */
    boolean isAnothers(SchemaPlace place, Contract contract) {
        return of(place, contract) == 0
                && of(place).stream().anyMatch(claim -> claim.probability() >= Selection.CLAIMS);
    }
}
