package dev.pinfactory.router.planner.output;

import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.bind.Mentions;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How well an offer suits a place: by its names, by what the card means to the place, by kind and labels, and by the input that it comes from. */
final class PlaceScore {
    private static final double MEANING_WEIGHT = 0.5;
    private static final double NAME_WEIGHT = 0.5;
    /** The schema's own description of a place counts a little less than its name. */
    private static final double SAID_WEIGHT = 0.8;

    private static final double STEP_WEIGHT = 0.25;
    private static final double CLAIM_OF_CARD = 0.4;
    /** That a place means a record says less of which of its properties. */
    private static final double CLAIM_OF_RECORD = 0.25;

    private static final double SAME_KIND = 0.2;
    private static final double UNSAID_DATE = 0.1;
    private static final double SAME_LABELS = 0.3;
    private static final double ANOTHERS = 0.2;
    private static final double NOT_MAIN = 0.1;
    private static final double ITS_INPUT = 0.15;
    private static final double OTHER_INPUT = 0.4;
    /** Between equal offers the step that was asked for more clearly wins. */
    private static final double TIE = 0.03;

    /** The clause that asked for the step calls it as the schema does. */
    private static final double SAME_WORDS = 0.25;

    private static final double NAMELESS = 0.3;

    private final List<InputDescription> inputs;
    private final Mentions mentions;
    private final Interpretation interpretation;
    private final Claims claims;
    private final Map<String, Set<String>> stems = new HashMap<>();
    private final Map<SchemaPlace, Reading> readings = new IdentityHashMap<>();

    /** What a place says, found out once for all offers. */
    private record Reading(
            boolean nameless, Set<String> property, List<InputDescription> byName, List<InputDescription> named) {}

    PlaceScore(List<InputDescription> inputs, Mentions mentions, Interpretation interpretation, Claims claims) {
        this.inputs = inputs;
        this.mentions = mentions;
        this.interpretation = interpretation;
        this.claims = claims;
    }

    /** @param meaning how near the texts of place and offer are */
    double of(SchemaPlace place, Offer offer, double meaning) {
        if (reading(place).nameless()) {
            return ofNameless(place, offer);
        }
        DraftStep step = offer.step();
        double score = input(place, offer) + TIE * step.probability();
        score += MEANING_WEIGHT * meaning + NAME_WEIGHT * name(place, offer.part());
        score += offer.part().field().isPresent()
                ? ofField(place, offer)
                : SAME_WORDS * overlap(reading(place).property(), asked(step))
                        + STEP_WEIGHT * step(place, step.contract())
                        + CLAIM_OF_CARD * claims.of(place, step.contract());
        score += place.allowsAny(offer.part().labels()) ? SAME_LABELS : 0;
        score -= claims.isAnothers(place, step.contract()) ? ANOTHERS : 0;
        score -= offer.part().main() ? 0 : NOT_MAIN;
        return isCalledAfterItsInput(place, offer) ? Math.max(score, ofNameless(place, offer)) : score;
    }

    /** What was asked for fills a place that does not say what it wants. */
    private double ofNameless(SchemaPlace place, Offer offer) {
        DraftStep step = offer.step();
        boolean whole = offer.part().main() && offer.part().field().isEmpty();
        return whole && !step.clauses().isEmpty()
                ? input(place, offer) + NAMELESS * (1 + step.probability()) + TIE * step.probability()
                : 0;
    }

    /** "first" of {@code first_report}: it says nothing but which input it speaks of. */
    private boolean isCalledAfterItsInput(SchemaPlace place, Offer offer) {
        List<InputDescription> named = reading(place).byName();
        return place.description().isEmpty()
                && place.allowed().isEmpty()
                && named.size() == 1
                && offer.readsAny(named)
                && stems(named.getFirst().getName()).containsAll(stems(place.name()));
    }

    private double ofField(SchemaPlace place, Offer offer) {
        Field.Kind kind = offer.part().field().orElseThrow().kind();
        boolean same = place.isDate() && kind == Field.Kind.DATE || place.isNumber() && kind == Field.Kind.NUMBER;
        boolean unsaid = kind == Field.Kind.DATE && !place.isDate() && name(place, offer.part()) == 0;
        return CLAIM_OF_RECORD * claims.of(place, offer.step().contract())
                + (same ? SAME_KIND : 0)
                - (unsaid ? UNSAID_DATE : 0);
    }

    /** Stems of the clauses that asked for the step. */
    private Set<String> asked(DraftStep step) {
        Set<String> asked = new HashSet<>();
        step.clauses()
                .forEach(clause ->
                        asked.addAll(stems(interpretation.clauses().get(clause).text())));
        return asked;
    }

    private double name(SchemaPlace place, Part part) {
        Set<String> wanted = reading(place).property();
        Set<String> said = stems(place.description());
        return part.names().stream()
                .map(this::stems)
                .mapToDouble(names -> Math.max(overlap(wanted, names), SAID_WEIGHT * overlap(said, names)))
                .max()
                .orElse(0);
    }

    private double step(SchemaPlace place, Contract contract) {
        return overlap(stems(place.text()), stems(contract.getId() + " " + contract.getSummary()));
    }

    /** A place that names an input is not filled from another one. */
    private double input(SchemaPlace place, Offer offer) {
        List<InputDescription> named = reading(place).named();
        if (named.isEmpty()
                || named.size() == inputs.size()
                || offer.step().roots().isEmpty()) {
            return 0;
        }
        return offer.readsAny(named) ? ITS_INPUT : -OTHER_INPUT;
    }

    private Reading reading(SchemaPlace place) {
        return readings.computeIfAbsent(place, key -> {
            List<InputDescription> byName = mentions.in(key.name());
            List<InputDescription> named = byName.isEmpty() ? mentions.in(key.description()) : byName;
            List<InputDescription> forced = inputs.stream()
                    .filter(input -> key.input().filter(input.getName()::equals).isPresent())
                    .toList();
            return new Reading(
                    key.isNameless(), stems(key.property()), byName, key.input().isPresent() ? forced : named);
        });
    }

    /** The same few texts are asked for again with every pair. */
    private Set<String> stems(String text) {
        return stems.computeIfAbsent(text, Words::contentStems);
    }

    /** Share of the smaller set that both have. */
    private static double overlap(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        Set<String> both = new HashSet<>(a);
        both.retainAll(b);
        return (double) both.size() / Math.min(a.size(), b.size());
    }
}
