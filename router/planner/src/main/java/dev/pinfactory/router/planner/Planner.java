package dev.pinfactory.router.planner;

/**
 * Makes a plan for an instruction, or says why it can't. The encoder planner, the cache before it, an LLM planner and the cascade of them are all this.
 *
 * <p>Implementations are safe for concurrent use, keep to the request's deadline, and never answer with a plan that they have not validated.
 */
@FunctionalInterface
public interface Planner {
    PlanOutcome plan(PlanningRequest request);
}
