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
public record Understanding(Interpretation interpretation, Grounding grounding, Selection selection) {

    /** Reads an instruction that comes without inputs. */
    public static Understanding of(String instruction, Contracts contracts, PlannerModels models) {
        return of(instruction, new InputNames(List.of()), contracts, models);
    }

    static Understanding of(String instruction, InputNames names, Contracts contracts, PlannerModels models) {
        Interpretation read = new Interpreter(new CardVerbs(models.verbs(), contracts)).interpret(instruction);
        if (contracts.size() == 0) {
            return new Understanding(read, new Grounding(List.of()), new Selection(List.of(), List.of()));
        }
        GroundedReading reading = GroundedReading.of(models.grounder(), read, contracts, names::has);
        return new Understanding(
                reading.interpretation(),
                reading.grounding(),
                models.selector().select(reading.interpretation(), reading.grounding(), contracts));
    }

    /** What the confidence in the choice is judged by. */
    PlanEvidence evidence() {
        return PlanEvidence.of(selection, interpretation.clauses());
    }
}
