package dev.pinfactory.router.planner.cache;

import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.router.planner.InstructionRules;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the plans of another planner by the shape of their requests, a bounded number, oldest out first. A remembered plan is bound to the new
 * instruction's own words and validated again; if it does not hold, it is planned anew. Refusals are not remembered.
 */
public final class CachedPlanner implements Planner {
    private final Planner planner;
    private final Map<String, Remembered> plans;

    private record Remembered(String instruction, RequestShape shape, Plan plan) {}

    public CachedPlanner(Planner planner, int maxPlans) {
        this.planner = planner;
        this.plans = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                return size() > maxPlans;
            }
        };
    }

    @Override
    public PlanOutcome plan(PlanningRequest unconstrained) {
        InstructionRules.check(unconstrained.request().getInstruction());
        PlanningRequest planning = unconstrained.withinConstraints();
        RequestShape shape = RequestShape.of(planning);
        Optional<Plan> known = remembered(planning, shape);
        if (known.isPresent()) {
            return new Planned(known.get(), Cost.getDefaultInstance(), true);
        }
        PlanOutcome outcome = planner.plan(planning);
        switch (outcome) {
            case Planned planned -> remember(planning, shape, planned.plan());
            case Refused refused -> {}
            case Passed passed -> {}
        }
        return outcome;
    }

    private Optional<Plan> remembered(PlanningRequest planning, RequestShape shape) {
        Remembered remembered;
        synchronized (plans) {
            remembered = plans.get(shape.digest());
        }
        if (remembered == null) {
            return Optional.empty();
        }
        Plan plan = new Transposition(
                        remembered.instruction(),
                        remembered.shape().tokens(),
                        planning.request().getInstruction(),
                        shape.tokens())
                .of(remembered.plan());
        boolean holds = new PlanValidator(planning.contracts())
                .validate(plan, TaskShape.of(planning.request()))
                .isEmpty();
        return holds ? Optional.of(plan) : Optional.empty();
    }

    private void remember(PlanningRequest planning, RequestShape shape, Plan plan) {
        synchronized (plans) {
            plans.put(shape.digest(), new Remembered(planning.request().getInstruction(), shape, plan));
        }
    }
}
