package dev.pinfactory.router.planner.ground;

/** Turns what is known of a finished plan into the probability that it is right. */
@FunctionalInterface
public interface PlanCalibration {

    double confidence(PlanEvidence evidence);
}
