package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.bind.Results;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.BackReferences;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Conjuncts;
import dev.pinfactory.router.planner.interpret.Interpretation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An instruction as it was read, and how well the cards answer its clauses. A clause that asks for several things is cut into them: where its parts are
 * claimed by different cards, no less clearly than the whole was; where each part names an input of its own; and where a part is nobody's while others
 * are somebody's, for what nobody does has to be told: one that stands alone, or any where nobody claims the whole.
 */
record GroundedReading(Interpretation interpretation, Grounding grounding) {
    /** "remove names and addresses" is one request: its parts are claimed less clearly than the whole. */
    private static final double AS_CLEAR = 0.05;

    private static final double BEYOND_DOUBT = 0.97;

    /** A part that every card claims with less than this is nobody's. */
    private static final double NOBODYS = 0.1;

    static GroundedReading of(Grounder grounder, Interpretation read, Contracts contracts) {
        GroundedReading cut = cut(grounder, read, contracts);
        Map<Integer, Set<String>> made = cut.made();
        if (made.isEmpty()) {
            return cut;
        }
        Interpretation interpretation = cut.interpretation().withMade(made);
        return new GroundedReading(interpretation, grounder.ground(interpretation, contracts));
    }

    /**
     * For clauses that speak of what an earlier one makes ("strip the names out of the digest"): the words for that. They say what the clause is about,
     * and not that it asks for the same again.
     */
    private Map<Integer, Set<String>> made() {
        Map<Integer, Set<String>> made = new TreeMap<>();
        Set<String> before = new TreeSet<>();
        List<Clause> clauses = interpretation.clauses();
        for (int i = 0; i < clauses.size(); i++) {
            if (clauses.get(i).asks() && BackReferences.any(interpretation.tokensOf(clauses.get(i)), before)) {
                made.put(i, Set.copyOf(before));
            }
            if (clauses.get(i).asks() && claim(grounding, i) >= Selection.CLAIMS) {
                grounding
                        .best(i)
                        .ifPresent(best -> Results.stems(best.contract()).stream()
                                .filter(stem -> !interpretation.namesAnInput(stem))
                                .forEach(before::add));
            }
        }
        return made;
    }

    private static GroundedReading cut(Grounder grounder, Interpretation read, Contracts contracts) {
        Grounding whole = grounder.ground(read, contracts);
        List<List<Clause>> parts = new ArrayList<>();
        for (int i = 0; i < read.clauses().size(); i++) {
            Clause clause = read.clauses().get(i);
            List<Clause> cut = Conjuncts.of(read, clause);
            // Encoding the parts takes most of the time of a plan: only where they may be asked for apart.
            boolean apart = cut.stream().skip(1).anyMatch(part -> Conjuncts.standsAlone(read, part))
                    || cut.stream().allMatch(part -> namesAnInput(read, part));
            boolean oneThing = claim(whole, i) >= BEYOND_DOUBT && !apart;
            parts.add(oneThing ? List.of(clause) : cut);
        }
        if (parts.stream().allMatch(each -> each.size() == 1)) {
            return new GroundedReading(read, whole);
        }
        Interpretation allCut = read.with(parts.stream().flatMap(List::stream).toList());
        Grounding cut = grounder.ground(allCut, contracts);
        List<Clause> settled = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            List<Part> judged = new ArrayList<>();
            for (Clause part : parts.get(i)) {
                judged.add(Part.of(part, cut, at++));
            }
            settled.addAll(settle(read, read.clauses().get(i), judged, claim(whole, i)));
        }
        if (settled.size() == read.clauses().size()) {
            return new GroundedReading(read, whole);
        }
        Interpretation interpretation = read.with(settled);
        return new GroundedReading(
                interpretation, settled.equals(allCut.clauses()) ? cut : grounder.ground(interpretation, contracts));
    }

    /** A part of a clause, the card that claims it most, and how much. */
    private record Part(Clause clause, String card, double claim) {
        static Part of(Clause clause, Grounding grounding, int at) {
            String card =
                    grounding.best(at).map(score -> score.contract().getId()).orElse("");
            return new Part(clause, card, GroundedReading.claim(grounding, at));
        }

        boolean claimed() {
            return claim >= Selection.CLAIMS;
        }
    }

    private static List<Clause> settle(Interpretation read, Clause clause, List<Part> parts, double claimOfWhole) {
        if (parts.size() == 1) {
            return List.of(clause);
        }
        Set<String> cards = parts.stream().filter(Part::claimed).map(Part::card).collect(Collectors.toSet());
        double clearest = parts.stream().mapToDouble(Part::claim).max().orElse(0);
        boolean several = cards.size() > 1 && clearest >= claimOfWhole - AS_CLEAR;
        boolean onlyInPart = claimOfWhole < Selection.CLAIMS;
        Predicate<Part> foreign = part -> onlyInPart
                ? !part.claimed()
                : Conjuncts.standsAlone(read, part.clause())
                        && part.claim() < (cards.contains(part.card()) ? NOBODYS : Selection.CLAIMS);
        // "shorten the letter to two pages and the report to four": once for each.
        boolean once = parts.stream().allMatch(Part::claimed)
                && parts.stream().allMatch(part -> namesAnInput(read, part.clause()));
        if (once) {
            return parts.stream().map(Part::clause).toList();
        }
        if (!several
                && (cards.isEmpty() || parts.stream().skip(onlyInPart ? 0 : 1).noneMatch(foreign))) {
            return List.of(clause);
        }
        List<List<Part>> groups = new ArrayList<>();
        for (Part part : parts) {
            boolean opens = groups.isEmpty()
                    || (several
                            ? part.claimed() || Conjuncts.standsAlone(read, part.clause())
                            : foreign.test(part)
                                    || foreign.test(groups.getLast().getFirst()));
            if (opens) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(part);
        }
        return groups.stream()
                .map(group -> Conjuncts.joined(
                        read, clause, group.stream().map(Part::clause).toList()))
                .toList();
    }

    private static boolean namesAnInput(Interpretation read, Clause clause) {
        return read.tokensOf(clause).stream().anyMatch(token -> read.namesAnInput(token.lower()));
    }

    private static double claim(Grounding grounding, int clause) {
        return grounding.best(clause).map(score -> score.of(clause)).orElse(0.0);
    }
}
