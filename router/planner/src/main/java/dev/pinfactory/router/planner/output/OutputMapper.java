package dev.pinfactory.router.planner.output;

import com.google.protobuf.Struct;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.Mentions;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Maps what steps give onto a caller's JSON Schema, so that all places together are filled best, and says what else the places want. One value fills one
 * place, unless a second place clearly wants the same.
 */
public final class OutputMapper {
    /** Below it a place stays empty: nothing is invented. */
    private static final double ENOUGH = 0.3;

    /** What is used already fills a second place only above it, and where it suits that not much worse than the first. */
    private static final double ENOUGH_FOR_A_SECOND = 0.6;

    private static final double AS_WELL = 0.5;

    /** For the one place that is left and the one step that has none. */
    private static final double ENOUGH_FOR_THE_LAST = 0.12;

    private final List<SchemaPlace> places;
    private final List<InputDescription> inputs;
    private final SemanticTypes types;
    private final TextSimilarity similarity;
    private final Claims claims;
    private final PlaceScore score;
    /** How near the texts of places and offers are; comparing takes most of the time. */
    private final Map<String, Map<String, Double>> near = new LinkedHashMap<>();

    private final Set<String> compared = new HashSet<>();

    /**
     * @param forbidden ids of specialists that the instruction does not want
     */
    public OutputMapper(
            Struct schema,
            List<InputDescription> inputs,
            Interpretation interpretation,
            Contracts contracts,
            Set<String> forbidden,
            Grounder grounder,
            TextSimilarity similarity) {
        this.places = SchemaPlaces.of(schema);
        this.inputs = inputs;
        this.types = contracts.types();
        this.similarity = similarity;
        List<SchemaPlace> said = new ArrayList<>(places);
        places.forEach(place -> said.addAll(place.items()));
        this.claims = Claims.of(said, grounder, contracts, forbidden, this::gives);
        said.forEach(place -> near.put(place.text(), new HashMap<>()));
        this.score = new PlaceScore(inputs, new Mentions(interpretation, inputs), interpretation, claims);
    }

    private boolean gives(SchemaPlace place, Contract contract) {
        return List.of(false, true).stream()
                .flatMap(iterated -> Part.of(contract, iterated, types).stream())
                .anyMatch(part -> part.fits(place, types));
    }

    /** Whether a schema says anything of its places; one for any object does not. */
    public static boolean saysSomething(Struct schema) {
        return !SchemaPlaces.of(schema).isEmpty();
    }

    /** A place that nothing fills, a specialist that would, and the words that say so. */
    public record Wish(String place, String words, Contract contract, double probability) {}

    private record Match(SchemaPlace place, Offer offer, double score) {}

    /** The mapping, in the order of the schema's places; empty when nothing fits. */
    public List<OutputMapping> map(List<DraftStep> deliverables) {
        return matches(deliverables).stream().map(OutputMapper::mapping).toList();
    }

    /**
     * What the places want that these steps leave empty.
     *
     * @param asked whether a clause that nobody answers yet asks for a specialist too, if not clearly
     */
    public List<Wish> wishes(List<DraftStep> deliverables, Predicate<Contract> asked) {
        Set<String> filled = new LinkedHashSet<>();
        matches(deliverables)
                .forEach(match -> filled.add(match.place().pointer().toString()));
        List<Wish> wishes = new ArrayList<>();
        for (SchemaPlace place : places) {
            String pointer = place.pointer().toString();
            boolean empty = filled.stream().noneMatch(each -> each.equals(pointer) || each.startsWith(pointer + "/"));
            if (empty) {
                claims.of(place).stream()
                        .filter(claim -> claim.probability() >= Selection.CLAIMS || asked.test(claim.contract()))
                        .findFirst()
                        .ifPresent(claim ->
                                wishes.add(new Wish(pointer, place.text(), claim.contract(), claim.probability())));
            }
        }
        return wishes;
    }

    /** How sure it is that a place means the specialist that fills it. */
    public Map<String, Double> claimed(List<DraftStep> deliverables) {
        Map<String, Double> claimed = new TreeMap<>();
        matches(deliverables)
                .forEach(match -> claimed.merge(
                        match.offer().step().contract().getId(),
                        claims.of(match.place(), match.offer().step().contract()),
                        Math::max));
        return claimed;
    }

    private List<Match> matches(List<DraftStep> deliverables) {
        List<Offer> offers = new ArrayList<>();
        deliverables.forEach(step -> offers.addAll(Offer.of(step, types)));
        List<Match> matches = best(places, offers);
        List<SchemaPlace> expanded = new ArrayList<>();
        for (SchemaPlace place : places) {
            boolean asList = matches.stream()
                    .anyMatch(match -> match.place().equals(place)
                            && match.offer().part().kinds().contains("array"));
            List<SchemaPlace> elements = asList ? List.of() : elements(place, deliverables);
            expanded.addAll(elements.isEmpty() ? List.of(place) : elements);
        }
        return expanded.equals(places) ? matches : best(expanded, offers);
    }

    /** Where steps of one specialist read several inputs: an element for each of these. */
    private List<SchemaPlace> elements(SchemaPlace place, List<DraftStep> deliverables) {
        if (place.items().isEmpty()) {
            return List.of();
        }
        Map<String, Set<InputDescription>> readBy = new LinkedHashMap<>();
        for (DraftStep step : deliverables) {
            if (step.forEach().isEmpty() && step.roots().size() == 1) {
                readBy.computeIfAbsent(step.contract().getId(), key -> new LinkedHashSet<>())
                        .addAll(step.roots());
            }
        }
        Set<InputDescription> read = deliverables.stream()
                .map(DraftStep::contract)
                .filter(contract ->
                        readBy.getOrDefault(contract.getId(), Set.of()).size() > 1)
                .max(Comparator.comparingDouble(contract -> claim(place, contract)))
                .map(contract -> readBy.get(contract.getId()))
                .orElse(Set.of());
        List<SchemaPlace> elements = new ArrayList<>();
        int index = 0;
        for (InputDescription input : inputs) {
            if (read.contains(input)) {
                elements.addAll(place.element(index++, input.getName()));
            }
        }
        return elements;
    }

    private double claim(SchemaPlace place, Contract contract) {
        return place.items().stream()
                .mapToDouble(item -> claims.of(item, contract))
                .max()
                .orElse(0);
    }

    private List<Match> best(List<SchemaPlace> wanted, List<Offer> offers) {
        double[][] scores = scores(wanted, offers);
        double[][] gains = new double[scores.length][];
        for (int i = 0; i < scores.length; i++) {
            gains[i] = new double[scores[i].length];
            for (int j = 0; j < scores[i].length; j++) {
                gains[i][j] = scores[i][j] >= ENOUGH ? scores[i][j] : 0;
            }
        }
        int[] assigned = Assignment.best(gains);
        lastToLast(wanted, offers, scores, assigned);
        double[] used = new double[offers.size()];
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] >= 0) {
                used[assigned[i]] = scores[i][assigned[i]];
            }
        }
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < assigned.length; i++) {
            int offer = assigned[i] >= 0 ? assigned[i] : second(scores[i], used);
            if (offer >= 0) {
                matches.add(new Match(wanted.get(i), offers.get(offer), scores[i][offer]));
            }
        }
        return matches;
    }

    /** Where one place is left, and one step that was asked for has no place, less is enough for them to belong together. */
    private static void lastToLast(List<SchemaPlace> wanted, List<Offer> offers, double[][] scores, int[] assigned) {
        List<Integer> empty = new ArrayList<>();
        Set<DraftStep> unused = new LinkedHashSet<>();
        offers.forEach(offer -> unused.add(offer.step()));
        for (int i = 0; i < wanted.size(); i++) {
            if (assigned[i] < 0) {
                empty.add(i);
            } else {
                unused.remove(offers.get(assigned[i]).step());
            }
        }
        if (empty.size() != 1
                || unused.size() != 1
                || unused.iterator().next().clauses().isEmpty()) {
            return;
        }
        int place = empty.getFirst();
        for (int j = 0; j < offers.size(); j++) {
            boolean better = assigned[place] < 0 || scores[place][j] > scores[place][assigned[place]];
            if (unused.contains(offers.get(j).step()) && scores[place][j] >= ENOUGH_FOR_THE_LAST && better) {
                assigned[place] = j;
            }
        }
    }

    private static int second(double[] scores, double[] used) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            boolean enough = scores[i] >= ENOUGH_FOR_A_SECOND && scores[i] >= AS_WELL * used[i];
            if (enough && (best < 0 || scores[i] > scores[best])) {
                best = i;
            }
        }
        return best;
    }

    private double[][] scores(List<SchemaPlace> wanted, List<Offer> offers) {
        compare(offers);
        double[][] scores = new double[wanted.size()][offers.size()];
        for (int i = 0; i < wanted.size(); i++) {
            Map<String, Double> row = near.getOrDefault(wanted.get(i).text(), Map.of());
            for (int j = 0; j < offers.size(); j++) {
                Offer offer = offers.get(j);
                double meaning = offer.part().texts(offer.step().contract()).stream()
                        .mapToDouble(text -> row.getOrDefault(text, 0.0))
                        .max()
                        .orElse(0);
                scores[i][j] = offer.part().fits(wanted.get(i), types) ? score.of(wanted.get(i), offer, meaning) : 0;
            }
        }
        return scores;
    }

    /** Compares the words of all places with those of offers that were not seen yet. */
    private void compare(List<Offer> offers) {
        Set<String> fresh = new LinkedHashSet<>();
        for (Offer offer : offers) {
            for (String text : offer.part().texts(offer.step().contract())) {
                if (compared.add(text)) {
                    fresh.add(text);
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        List<String> left = List.copyOf(near.keySet());
        List<String> right = List.copyOf(fresh);
        double[][] similarities = similarity.between(left, right);
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                near.computeIfAbsent(left.get(i), key -> new HashMap<>()).put(right.get(j), similarities[i][j]);
            }
        }
    }

    private static OutputMapping mapping(Match match) {
        return OutputMapping.newBuilder()
                .addSources(match.offer().output())
                .setTarget(match.place().pointer().toString())
                .setRule(OutputMapping.MergeRule.FIRST)
                .setConfidence(Math.clamp(match.score(), 0, 1))
                .build();
    }
}
