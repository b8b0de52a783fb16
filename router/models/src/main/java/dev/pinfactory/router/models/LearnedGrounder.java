package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Grounds by similarity of meaning and spelling, re-ranked by a model that was trained on other catalogues. */
final class LearnedGrounder implements Grounder {
    /** Cards that are looked at closely; the rest of a large catalogue is cut off by plain similarity. */
    private static final int SHORT_LIST = 200;

    /** A clause this near to an example of one card, and farther from all others', is that request in hardly other words. */
    private static final float AS_THE_EXAMPLE = 0.94f;

    private static final float NEARER_THAN_OTHERS = 0.04f;
    private static final double NEAR_CERTAIN = 0.9;

    /** Below it a card is out of the question, whatever its counter-examples say. */
    private static final double CONSIDERED = 0.05;

    private final SentenceEncoder encoder;
    private final Reranker reranker;
    private final CardIndexes indexes;

    LearnedGrounder(SentenceEncoder encoder, Reranker reranker, CardIndexes indexes) {
        this.encoder = encoder;
        this.reranker = reranker;
        this.indexes = indexes;
    }

    @Override
    public Grounding ground(Interpretation interpretation, Contracts contracts) {
        if (contracts.size() == 0 || interpretation.clauses().isEmpty()) {
            return new Grounding(List.of());
        }
        List<Clause> clauses = interpretation.clauses();
        List<String> texts = clauses.stream()
                .map(interpretation::asked)
                .map(LearnedGrounder::nonBlank)
                .toList();
        Query all = Query.of(nonBlank(interpretation.wanted()), texts, encoder.encode(texts));
        Query wanted = onlyWanted(all, clauses);
        CardIndex index = indexes.of(contracts, catalogue -> shortList(wanted, catalogue));
        return score(wanted, all, interpretation, index);
    }

    private Grounding score(Query wanted, Query all, Interpretation interpretation, CardIndex index) {
        List<Clause> clauses = interpretation.clauses();
        List<List<Double>> byClause = new ArrayList<>();
        List<Map<Integer, CardScore.Exclusion>> excluded = new ArrayList<>();
        for (int card = 0; card < index.size(); card++) {
            byClause.add(new ArrayList<>());
            excluded.add(new TreeMap<>());
        }
        for (int clause = 0; clause < all.clauses().size(); clause++) {
            float[] vector = all.clauseVectors()[clause];
            float[][] rows = Features.of(all.only(clause), index);
            int quoted = quoted(vector, index);
            Action action = null;
            for (int card = 0; card < index.size(); card++) {
                double probability = reranker.probability(rows[card]);
                if (card == quoted) {
                    probability = Math.max(probability, NEAR_CERTAIN);
                } else if (probability >= CONSIDERED && index.vectors(card).counterExamples().length > 0) {
                    action = action == null
                            ? new Action(vector, things(interpretation.inputsNamedBy(clauses.get(clause))))
                            : action;
                    int counter = index.vectors(card).counterExample(action::similarity);
                    if (counter >= 0) {
                        String example = CardVectors.counterExamples(index.contract(card))
                                .get(counter);
                        excluded.get(card).put(clause, new CardScore.Exclusion(example, probability));
                        probability = 0;
                    }
                }
                byClause.get(card).add(probability);
            }
        }
        float[][] rows = Features.of(wanted, index);
        List<CardScore> scores = new ArrayList<>();
        for (int card = 0; card < index.size(); card++) {
            List<Double> claims = byClause.get(card);
            double probability = reranker.probability(rows[card]);
            if (claims.size() == 1) {
                probability = Math.max(probability, claims.getFirst());
            }
            if (!excluded.get(card).isEmpty()) {
                probability = Math.min(probability, mostWanted(claims, clauses));
            }
            scores.add(new CardScore(index.contract(card), probability, claims, excluded.get(card)));
        }
        return new Grounding(scores);
    }

    private List<float[]> things(List<String> words) {
        return words.isEmpty()
                ? List.of()
                : List.of(
                        encoder.encode(words.stream().map(word -> "the " + word).toList()));
    }

    /** A clause that a counter-example takes away does not speak for the card in the whole either. */
    private static double mostWanted(List<Double> claims, List<Clause> clauses) {
        return IntStream.range(0, clauses.size())
                .filter(clause -> !clauses.get(clause).negated())
                .mapToDouble(claims::get)
                .max()
                .orElse(0);
    }

    /** The card that has the clause among its examples, in nearly the same words; -1 where none has, or several have. */
    private static int quoted(float[] clause, CardIndex index) {
        int best = -1;
        float nearest = -1;
        float second = -1;
        for (int card = 0; card < index.size(); card++) {
            float example = -1;
            for (float[] vector : index.vectors(card).examples()) {
                example = Math.max(example, Features.dot(clause, vector));
            }
            if (example > nearest) {
                second = nearest;
                nearest = example;
                best = card;
            } else {
                second = Math.max(second, example);
            }
        }
        return nearest >= AS_THE_EXAMPLE && nearest - second >= NEARER_THAN_OTHERS ? best : -1;
    }

    /** The cards nearest to any clause, in meaning and spelling, or to the whole. */
    private static int[] shortList(Query query, Catalogue catalogue) {
        float[] nearest = new float[catalogue.size()];
        Arrays.fill(nearest, -1);
        for (int clause = 0; clause < query.clauses().size(); clause++) {
            float[] vector = query.clauseVectors()[clause];
            float[] characters =
                    catalogue.characters().similarities(query.clauses().get(clause));
            float[] words = catalogue.words().similarities(query.clauses().get(clause));
            for (int card = 0; card < nearest.length; card++) {
                CardVectors vectors = catalogue.vectors(card);
                float meaning = Math.max(Features.dot(vector, vectors.text()), Features.dot(vector, vectors.summary()));
                float spelling =
                        (float) (Features.CHARACTER_WEIGHT * characters[card] + Features.WORD_WEIGHT * words[card]);
                nearest[card] = Math.max(nearest[card], meaning + spelling);
            }
        }
        for (int card = 0; card < nearest.length; card++) {
            nearest[card] = Math.max(
                    nearest[card],
                    Features.dot(query.whole(), catalogue.vectors(card).text()));
        }
        return IntStream.range(0, nearest.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer card) -> -nearest[card]))
                .limit(SHORT_LIST)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static Query onlyWanted(Query all, List<Clause> clauses) {
        List<String> texts = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < clauses.size(); i++) {
            if (!clauses.get(i).negated()) {
                texts.add(all.clauses().get(i));
                vectors.add(all.clauseVectors()[i]);
            }
        }
        return texts.isEmpty() ? all : Query.of(all.text(), texts, vectors.toArray(float[][]::new));
    }

    private static String nonBlank(String text) {
        return text.isBlank() ? "." : text;
    }
}
