package dev.pinfactory.router.planner;

import dev.pinfactory.router.planner.ground.Grounder;
import dev.pinfactory.router.planner.ground.LanguageGate;
import dev.pinfactory.router.planner.ground.PlanCalibration;
import dev.pinfactory.router.planner.ground.Selector;
import dev.pinfactory.router.planner.ground.TextSimilarity;
import dev.pinfactory.router.planner.interpret.VerbLexicon;

/** The trained parts that the encoder planner stands on. */
public record PlannerModels(
        Grounder grounder,
        TextSimilarity similarity,
        VerbLexicon verbs,
        LanguageGate language,
        PlanCalibration calibration,
        Selector selector) {

    /** Contracts are selected by their scores alone. */
    public PlannerModels(
            Grounder grounder,
            TextSimilarity similarity,
            VerbLexicon verbs,
            LanguageGate language,
            PlanCalibration calibration) {
        this(grounder, similarity, verbs, language, calibration, Selector.BY_SCORES);
    }

    PlannerModels with(Grounder other) {
        return new PlannerModels(other, similarity, verbs, language, calibration, selector);
    }
}
