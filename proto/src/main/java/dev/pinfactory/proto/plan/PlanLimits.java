package dev.pinfactory.proto.plan;

/**
 * How large a plan may be.
 *
 * @param steps in the plan
 * @param depth of the longest chain of steps
 * @param edges from one step, or one input of the task, to others
 * @param items of one list that is iterated or gathered
 */
public record PlanLimits(int steps, int depth, int edges, int items) {
    /** 64 steps, 16 levels, 32 edges from one step, 1,000 items. */
    public static final PlanLimits DEFAULT = new PlanLimits(64, 16, 32, 1_000);

    public PlanLimits {
        if (steps < 1 || depth < 1 || edges < 1 || items < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
