package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.router.planner.ground.Grounding;
import dev.pinfactory.router.planner.ground.PlanEvidence;
import dev.pinfactory.router.planner.ground.Selection;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.util.List;

/**
 * An instruction as it was read: its clauses, how well each contract answers them, and which contracts are chosen. The part of planning that needs nothing
 * of the inputs but their names.
 */
record Understanding(Interpretation interpretation, Grounding grounding, Selection selection) {

    static Understanding of(String instruction, InputNames names, Contracts contracts, PlannerModels models) {
        Interpretation read = new Interpreter(new CardVerbs(models.verbs(), contracts)).interpret(instruction);
        if (contracts.size() == 0) {
            return of(read, new Grounding(List.of()));
        }
        GroundedReading reading = GroundedReading.of(models.grounder(), read, contracts, names::has);
        return of(reading.interpretation(), reading.grounding());
    }

    private static Understanding of(Interpretation interpretation, Grounding grounding) {
        return new Understanding(interpretation, grounding, Selection.from(grounding, interpretation.clauses()));
    }

    /** What the confidence in the choice is judged by. */
    PlanEvidence evidence() {
        return PlanEvidence.of(selection, interpretation.clauses());
    }
}
