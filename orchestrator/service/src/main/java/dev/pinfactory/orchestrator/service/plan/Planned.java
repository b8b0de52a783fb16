package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.Refusal;
import java.time.Duration;

/** What planning came to. */
public sealed interface Planned {
    /** A plan that was checked against this orchestrator's catalogue, and all that it needs to run. */
    record Accepted(PlanCommit commit) implements Planned {}

    /** Nothing will run. */
    record Refused(Refusal refusal, Duration planningTime, Cost cost) implements Planned {}
}
