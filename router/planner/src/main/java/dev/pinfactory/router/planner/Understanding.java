package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.router.planner.bind.DraftStep;
import dev.pinfactory.router.planner.ground.CardScore;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An instruction as it was read: its clauses, how well each contract answers them, and which contracts are chosen. The part of planning that needs nothing
 * of the inputs but their names.
 */
public record Understanding(Interpretation interpretation, Grounding grounding, Selection selection) {

    /** Reads an instruction that comes without inputs. */
    public static Understanding of(String instruction, Contracts contracts, PlannerModels models) {
        return of(instruction, new InputNames(List.of()), contracts, models);
    }

    static Understanding of(String instruction, InputNames names, Contracts contracts, PlannerModels models) {
        Interpretation read = new Interpreter(new CardVerbs(models.verbs(), contracts))
                .interpret(instruction)
                .withInputNames(names.stems());
        if (contracts.size() == 0) {
            return new Understanding(read, new Grounding(List.of()), new Selection(List.of(), List.of()));
        }
        GroundedReading reading = GroundedReading.of(models.grounder().forOneInstruction(), read, contracts);
        return new Understanding(
                reading.interpretation(),
                reading.grounding(),
                models.selector().select(reading.interpretation(), reading.grounding(), contracts));
    }

    /** The clauses that ask for a contract at least so clearly that it answers them. */
    List<Integer> asking(Contract contract) {
        return grounding.scores().stream()
                .filter(score -> score.contract().equals(contract))
                .flatMap(score -> IntStream.range(0, interpretation.clauses().size())
                        .filter(clause -> interpretation.clauses().get(clause).asks())
                        .filter(clause -> score.of(clause) >= Selection.ANSWERS)
                        .boxed())
                .toList();
    }

    /**
     * The same, where a caller's schema said what is wanted too: what fills it is chosen, as surely as its places mean it, and answers the clauses that
     * only point at the schema ("fill in the form"); what it has no place for is not.
     */
    Understanding with(FilledDraft filled, Unmet unmet) {
        List<CardScore> chosen = new ArrayList<>();
        Set<String> ids = filled.draft().steps().stream()
                .filter(DraftStep::delivers)
                .map(step -> step.contract().getId())
                .collect(Collectors.toSet());
        for (DraftStep step : filled.draft().steps()) {
            if (ids.remove(step.contract().getId())) {
                chosen.add(chosen(
                        step.contract(),
                        filled.claimed().getOrDefault(step.contract().getId(), 0.0),
                        unmet));
            }
        }
        Set<String> taken =
                chosen.stream().map(score -> score.contract().getId()).collect(Collectors.toSet());
        List<CardScore> left = selection.left().stream()
                .filter(score -> !taken.contains(score.contract().getId()))
                .toList();
        return new Understanding(interpretation, grounding, new Selection(chosen, left));
    }

    private CardScore chosen(Contract contract, double claimed, Unmet unmet) {
        Optional<CardScore> grounded = grounding.scores().stream()
                .filter(score -> score.contract().equals(contract))
                .findFirst();
        List<Double> byClause = new ArrayList<>();
        for (int i = 0; i < interpretation.clauses().size(); i++) {
            int clause = i;
            double asked = grounded.map(score -> score.of(clause)).orElse(0.0);
            byClause.add(unmet.isTold(interpretation.clauses().get(i)) ? asked : Math.max(asked, claimed));
        }
        double probability = grounded.map(CardScore::probability).orElse(0.0);
        return new CardScore(contract, Math.max(probability, claimed), byClause);
    }

    /** What the confidence in the choice is judged by. */
    PlanEvidence evidence() {
        return PlanEvidence.of(selection, interpretation.clauses());
    }
}
