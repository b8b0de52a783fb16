package dev.pinfactory.router.planner;

import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;

/** What a planner answers. */
public sealed interface PlanOutcome {

    /**
     * A validated plan.
     *
     * @param cost what planning cost; the default instance unless somebody was paid
     * @param fromCache made before, for the same shape of request
     */
    record Planned(Plan plan, Cost cost, boolean fromCache) implements PlanOutcome {
        public Planned(Plan plan) {
            this(plan, Cost.getDefaultInstance(), false);
        }
    }

    /** No plan, and why. */
    record Refused(Refusal refusal, Cost cost) implements PlanOutcome {
        public Refused(Refusal refusal) {
            this(refusal, Cost.getDefaultInstance());
        }
    }

    /** This planner has nothing to say on this request; the next one is asked. */
    record Passed() implements PlanOutcome {}
}
