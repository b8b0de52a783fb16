package dev.pinfactory.router.models;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Cards that are looked at closely, and what the clauses of one instruction have been compared with among them. For one thread. */
final class CloseLook {
    private final Comparisons compared;
    private final CardIndex index;
    private final Map<String, Channels> channels = new HashMap<>();
    private final Map<String, double[]> judged = new HashMap<>();
    private final Map<TokenReading, TokenScores> read = new IdentityHashMap<>();
    private final Map<BitSet, CloseLook> parts = new HashMap<>();

    CloseLook(Comparisons compared, CardIndex index) {
        this.compared = compared;
        this.index = index;
    }

    CardIndex index() {
        return index;
    }

    Spelling spelling(String text) {
        return compared.spelling(text);
    }

    /** One for each clause. */
    List<Channels> channels(Query query) {
        compared.add(query);
        List<Channels> all = new ArrayList<>();
        for (int clause = 0; clause < query.clauses().size(); clause++) {
            float[] vector = query.clauseVectors()[clause];
            all.add(channels.computeIfAbsent(
                    query.clauses().get(clause), text -> Channels.of(vector, compared.of(text), index)));
        }
        return all;
    }

    /** The same without some cards. */
    CloseLook without(BitSet cards) {
        return parts.computeIfAbsent((BitSet) cards.clone(), left -> new CloseLook(compared, index.without(left)));
    }

    /** What the pieces of an instruction have to do with each card. */
    TokenScores scores(TokenReading reading) {
        return read.computeIfAbsent(reading, one -> one.against(index));
    }

    /** The probabilities with which a plan uses the cards for one clause that is read as if it were the whole. */
    double[] judged(Query clause, Rerankers rerankers) {
        return judged.computeIfAbsent(
                clause.text(), text -> rerankers.of(index).probabilities(Features.of(clause, this)));
    }
}
