package dev.pinfactory.router.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the texts of one instruction have been compared with: its readings share most of their clauses, and a clause is compared with a catalogue once.
 * For one thread.
 */
final class Comparisons {
    private final Catalogue catalogue;
    private final Map<String, Spelling> spellings = new HashMap<>();
    private final Map<String, Comparison> clauses = new HashMap<>();

    Comparisons(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Spelling spelling(String text) {
        return spellings.computeIfAbsent(text, key -> Spelling.of(key, catalogue));
    }

    /** Compares the clauses that are new, all of them in one walk over the cards. */
    void add(Query query) {
        List<String> texts = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int clause = 0; clause < query.clauses().size(); clause++) {
            String text = query.clauses().get(clause);
            if (!clauses.containsKey(text) && !texts.contains(text)) {
                texts.add(text);
                vectors.add(query.clauseVectors()[clause]);
            }
        }
        if (texts.isEmpty()) {
            return;
        }
        float[][] meanings = catalogue.texts().dots(vectors);
        float[][] summaries = catalogue.summaries().dots(vectors);
        float[][] names = catalogue.names().dots(vectors);
        for (int i = 0; i < meanings.length; i++) {
            String text = texts.get(i);
            clauses.put(text, new Comparison(meanings[i], summaries[i], names[i], spelling(text)));
        }
    }

    /** A clause that was added. */
    Comparison of(String clause) {
        Comparison known = clauses.get(clause);
        if (known == null) {
            throw new IllegalStateException("a clause is looked up that was not compared");
        }
        return known;
    }
}
