package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Clause;
import dev.pinfactory.router.planner.interpret.Conjuncts;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An instruction as it was read: its clauses, how well each contract answers them, and which contracts are chosen. The part of planning that needs no
 * inputs.
 */
record Understanding(Interpretation interpretation, Grounding grounding, Selection selection) {
    /** "remove names and addresses" is one request: its parts are claimed less clearly than the whole. */
    private static final double AS_CLEAR = 0.05;

    private static final double BEYOND_DOUBT = 0.97;

    static Understanding of(String instruction, Contracts contracts, PlannerModels models) {
        Interpretation read = new Interpreter(new CardVerbs(models.verbs(), contracts)).interpret(instruction);
        if (contracts.size() == 0) {
            return of(read, new Grounding(List.of()));
        }
        return ground(read, contracts, models.grounder());
    }

    private static Understanding of(Interpretation interpretation, Grounding grounding) {
        return new Understanding(interpretation, grounding, Selection.from(grounding, interpretation.clauses()));
    }

    /** What the confidence in the choice is judged by. */
    PlanEvidence evidence() {
        return PlanEvidence.of(selection, interpretation.clauses());
    }

    /**
     * Grounds an instruction. Clauses are cut whose parts are each claimed, not all by the same specialist, and no less clearly than the whole was; one that
     * a specialist claims beyond doubt is left whole.
     */
    private static Understanding ground(Interpretation read, Contracts contracts, Grounder grounder) {
        Grounding whole = grounder.ground(read, contracts);
        List<List<Clause>> parts = new ArrayList<>(Conjuncts.of(read));
        for (int i = 0; i < parts.size(); i++) {
            if (claim(whole, i) >= BEYOND_DOUBT) {
                parts.set(i, List.of(read.clauses().get(i)));
            }
        }
        if (parts.stream().allMatch(each -> each.size() == 1)) {
            return of(read, whole);
        }
        Interpretation allCut = Conjuncts.cut(read, parts, clause -> true);
        Grounding cut = grounder.ground(allCut, contracts);
        Interpretation settled =
                Conjuncts.cut(read, parts, clause -> asksForSeveral(parts, clause, cut, claim(whole, clause)));
        if (settled.clauses().size() == read.clauses().size()) {
            return of(read, whole);
        }
        boolean asCut = settled.clauses().size() == allCut.clauses().size();
        return of(settled, asCut ? cut : grounder.ground(settled, contracts));
    }

    private static boolean asksForSeveral(List<List<Clause>> parts, int clause, Grounding cut, double claimOfWhole) {
        int from = parts.subList(0, clause).stream().mapToInt(List::size).sum();
        Set<String> claimedBy = new HashSet<>();
        double clearest = 0;
        for (int at = from; at < from + parts.get(clause).size(); at++) {
            if (claim(cut, at) < Selection.CLAIMS) {
                return false;
            }
            cut.best(at).ifPresent(best -> claimedBy.add(best.contract().getId()));
            clearest = Math.max(clearest, claim(cut, at));
        }
        return claimedBy.size() > 1 && clearest >= claimOfWhole - AS_CLEAR;
    }

    private static double claim(Grounding grounding, int clause) {
        return grounding.best(clause).map((CardScore score) -> score.of(clause)).orElse(0.0);
    }
}
