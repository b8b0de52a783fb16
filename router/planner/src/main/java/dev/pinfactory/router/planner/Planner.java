package dev.pinfactory.router.planner;

/**
 * Makes a plan for an instruction, or says why it can't. The encoder planner, pinned plans and an LLM planner are all this.
 *
 * <p>Implementations are safe for concurrent use, keep to the request's deadline, and never answer with a plan that they have not validated.
 */
@FunctionalInterface
public interface Planner {
    PlanOutcome plan(PlanningRequest request);
}
