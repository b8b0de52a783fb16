package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The card that is nearest to each clause, whatever that means: what a router is without anything that was trained for it, to compare others with. */
final class BestOfEachClause implements Grounder {
    private final SentenceEncoder encoder;
    private final CardIndexes indexes;
    private final boolean spelling;

    /** @param spelling counts, and not the meaning alone */
    BestOfEachClause(SentenceEncoder encoder, CardIndexes indexes, boolean spelling) {
        this.encoder = encoder;
        this.indexes = indexes;
        this.spelling = spelling;
    }

    @Override
    public Grounding ground(Interpretation interpretation, Contracts contracts) {
        List<Clause> clauses = interpretation.clauses();
        if (contracts.size() == 0 || clauses.isEmpty()) {
            return new Grounding(List.of());
        }
        Catalogue catalogue = indexes.of(contracts);
        List<List<Double>> claims = new ArrayList<>();
        for (int card = 0; card < catalogue.size(); card++) {
            claims.add(new ArrayList<>(Collections.nCopies(clauses.size(), 0.0)));
        }
        for (int clause = 0; clause < clauses.size(); clause++) {
            String asked = interpretation.asked(clauses.get(clause));
            if (clauses.get(clause).mayAsk() && !asked.isBlank()) {
                claims.get(nearest(asked, catalogue)).set(clause, 1.0);
            }
        }
        List<CardScore> scores = new ArrayList<>();
        for (int card = 0; card < catalogue.size(); card++) {
            scores.add(new CardScore(catalogue.contract(card), Collections.max(claims.get(card)), claims.get(card)));
        }
        return new Grounding(scores);
    }

    private int nearest(String asked, Catalogue catalogue) {
        float[] nearness = catalogue.texts().dots(List.of(encoder.encode(asked)))[0];
        float[] spelt = Spelling.of(asked, catalogue).fused();
        for (int card = 0; spelling && card < nearness.length; card++) {
            nearness[card] += spelt[card];
        }
        return Ranks.best(nearness, 1)[0];
    }
}
