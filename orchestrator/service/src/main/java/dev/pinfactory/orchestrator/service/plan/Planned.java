package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.Refusal;
import java.time.Duration;

/** What planning came to. */
public sealed interface Planned {
    /** Of planning. */
    Cost cost();

    /** A plan that was checked against this orchestrator's catalogue, and all that it needs to run. */
    record Accepted(PlanCommit commit) implements Planned {
        @Override
        public Cost cost() {
            return commit.getPlanningCost();
        }
    }

    /** Nothing will run. */
    record Refused(Refusal refusal, Duration planningTime, Cost cost) implements Planned {}
}
