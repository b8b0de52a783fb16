package dev.pinfactory.router.models;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Grounds the readings of one instruction. What they have in common is compared and judged once. For one thread. */
final class InstructionGrounder implements Grounder {
    /** Cards that are looked at closely; the rest of a large catalogue is cut off by plain similarity. */
    private static final int SHORT_LIST = 200;

    /** A clause this near to an example of one card, and farther from all others', is that request in hardly other words. */
    private static final float AS_THE_EXAMPLE = 0.94f;

    private static final float NEARER_THAN_OTHERS = 0.04f;
    private static final double NEAR_CERTAIN = 0.9;

    /** Below it a card is out of the question, whatever its counter-examples say. */
    private static final double CONSIDERED = 0.05;

    private final SentenceEncoder encoder;
    private final Rerankers rerankers;
    private final CardIndexes indexes;
    private final Map<String, float[]> encoded = new HashMap<>();
    private final Map<String, TokenReading> read = new HashMap<>();
    private @Nullable Comparisons compared;
    private @Nullable CloseLook look;

    InstructionGrounder(SentenceEncoder encoder, Rerankers rerankers, CardIndexes indexes) {
        this.encoder = encoder;
        this.rerankers = rerankers;
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
                .map(InstructionGrounder::nonBlank)
                .toList();
        Query all = Query.of(nonBlank(interpretation.wanted()), texts, vectors(texts));
        Query wanted = onlyWanted(all, clauses);
        return score(wanted, all, interpretation, look(all, wanted, indexes.choice(contracts)));
    }

    /** The texts that no reading before had are encoded together: how an instruction is read depends on nothing but itself. */
    private float[][] vectors(List<String> texts) {
        List<String> news = texts.stream()
                .filter(text -> !encoded.containsKey(text))
                .distinct()
                .toList();
        float[][] vectors = news.isEmpty() ? new float[0][] : encoder.encodeTogether(news);
        for (int i = 0; i < vectors.length; i++) {
            encoded.put(news.get(i), vectors[i]);
        }
        return texts.stream().map(encoded::get).toArray(float[][]::new);
    }

    private CloseLook look(Query all, Query wanted, Choice choice) {
        Catalogue catalogue = choice.catalogue();
        Comparisons known = compared;
        if (known == null || known.catalogue() != catalogue) {
            known = new Comparisons(catalogue);
            compared = known;
            look = null;
        }
        known.add(all);
        CloseLook last = look;
        int[] cards = choice.size() > SHORT_LIST ? shortList(wanted, known, choice) : choice.cards();
        if (last == null || !last.index().holds(cards)) {
            boolean everything = cards.length == catalogue.size();
            last = new CloseLook(known, everything ? catalogue.all() : new CardIndex(catalogue, cards));
            look = last;
        }
        return last;
    }

    private Grounding score(Query wanted, Query all, Interpretation interpretation, CloseLook close) {
        CardIndex index = close.index();
        List<Clause> clauses = interpretation.clauses();
        List<List<Double>> byClause = new ArrayList<>();
        List<Map<Integer, CardScore.Exclusion>> excluded = new ArrayList<>();
        for (int card = 0; card < index.size(); card++) {
            byClause.add(new ArrayList<>());
            excluded.add(new TreeMap<>());
        }
        for (int clause = 0; clause < all.clauses().size(); clause++) {
            float[] vector = all.clauseVectors()[clause];
            Query alone = all.only(clause);
            double[] probabilities = close.judged(alone, rerankers);
            int quoted = close.channels(alone).getFirst().quoted(AS_THE_EXAMPLE, NEARER_THAN_OTHERS);
            Action action = null;
            BitSet told = new BitSet();
            for (int card = 0; card < index.size(); card++) {
                double probability = probabilities[card];
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
                        told.set(card);
                    }
                }
                byClause.get(card).add(probability);
            }
            if (!told.isEmpty() && told.cardinality() < index.size()) {
                raise(byClause, clause, told, close.without(told).judged(alone, rerankers));
            }
        }
        Optional<TokenReading> reading = reading(interpretation, index);
        double[] probabilities = probabilities(wanted, reading, clauses, close);
        List<CardScore> scores = new ArrayList<>();
        for (int card = 0; card < index.size(); card++) {
            List<Double> claims = byClause.get(card);
            double probability = probabilities[card];
            if (claims.size() == 1) {
                probability = Math.max(probability, claims.getFirst());
            }
            if (!excluded.get(card).isEmpty()) {
                probability = Math.min(probability, mostWanted(claims, clauses));
            }
            OptionalInt mention = mention(reading, clauses, close, card);
            scores.add(new CardScore(index.contract(card), probability, claims, excluded.get(card), mention));
        }
        return new Grounding(scores);
    }

    /** What a card says that it does not do takes nothing from the others. */
    private static void raise(List<List<Double>> byClause, int clause, BitSet told, double[] others) {
        int other = 0;
        for (int card = 0; card < byClause.size(); card++) {
            if (!told.get(card)) {
                List<Double> claims = byClause.get(card);
                claims.set(clause, Math.max(claims.get(clause), others[other++]));
            }
        }
    }

    /**
     * How the tuned encoder reads the whole, where something is asked, on cards without examples: it was tuned on descriptions, and examples say it better. It has no word in what
     * each clause asks for: it was tuned on whole requests.
     */
    private Optional<TokenReading> reading(Interpretation interpretation, CardIndex index) {
        String instruction = interpretation.instruction();
        if (instruction.length() > TokenReader.LONGEST
                || interpretation.clauses().stream().noneMatch(Clause::mayAsk)
                || index.haveExamples()) {
            return Optional.empty();
        }
        return indexes.reader().map(reader -> read.computeIfAbsent(instruction, reader::read));
    }

    /** Of the whole. */
    private double[] probabilities(
            Query wanted, Optional<TokenReading> reading, List<Clause> clauses, CloseLook close) {
        double[] probabilities = rerankers.of(close.index()).probabilities(Features.of(wanted, close));
        return reading.map(one -> close.scores(one).reordered(probabilities, one.wanted(clauses)))
                .orElse(probabilities);
    }

    private static OptionalInt mention(
            Optional<TokenReading> reading, List<Clause> clauses, CloseLook close, int card) {
        if (reading.isEmpty() || close.scores(reading.get()).similarities()[card].length == 0) {
            return OptionalInt.empty();
        }
        TokenReading one = reading.get();
        BitSet wanted = one.wanted(clauses);
        return wanted.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(one.mention(close.scores(one).similarities()[card], wanted));
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

    /** The cards nearest to any clause, in meaning and spelling, or to the whole. */
    private int[] shortList(Query query, Comparisons compared, Choice choice) {
        float[] nearest = choice.catalogue().texts().dots(List.of(query.whole()))[0];
        for (String clause : query.clauses()) {
            Comparison one = compared.of(clause);
            for (int card = 0; card < nearest.length; card++) {
                float meaning = Math.max(Math.max(one.text()[card], one.name()[card]), one.summary()[card]);
                float spelling = one.spelling().fused()[card];
                nearest[card] = Math.max(nearest[card], meaning + spelling);
            }
        }
        return choice.best(nearest, SHORT_LIST);
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
