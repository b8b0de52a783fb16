package dev.pinfactory.router.models;

import dev.pinfactory.router.planner.ground.PlanCalibration;
import dev.pinfactory.router.planner.ground.PlanEvidence;

/** The probability that a plan's set of specialists is right, from how its scores look. */
record PlanConfidence(LogisticRegression model) implements PlanCalibration {

    static float[] features(PlanEvidence evidence) {
        return new float[] {
            (float) evidence.weakestChosen(),
            (float) evidence.meanChosen(),
            (float) evidence.strongestLeft(),
            (float) Math.max(-20, evidence.logProbability()),
            (float) Math.log(1 + evidence.clauses()),
            (float) Math.log(1 + evidence.chosen()),
            (float) evidence.unexplained(),
            (float) Math.log(1 + evidence.catalogue())
        };
    }

    @Override
    public double confidence(PlanEvidence evidence) {
        return LogisticRegression.sigmoid(model.logit(features(evidence)));
    }
}
