package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import java.util.List;
import java.util.Optional;

/** Pinned plans on disk. Every method is one transaction, committed when it returns. Another tenant's pin is one that does not exist. */
public interface PinStore {
    /**
     * Writes the plan as the next version of its name, unless the latest one has the same digest.
     *
     * @param plan with its name, time and digest; its version is given here
     * @param limit of the tenant's pinned plans, all versions counted
     */
    PinOutcome pin(String tenant, PinnedPlan plan, int limit);

    /** The version that is named, or the latest. */
    Optional<PinnedPlan> find(String tenant, PinReference reference);

    /**
     * By name, then version.
     *
     * @param name only its versions
     * @param after where the page before ended
     */
    List<PinnedPlanSummary> list(String tenant, Optional<String> name, Optional<PinReference> after, int limit);

    /** Forgets the version that is named, or all of the name. Answers how many there were. */
    int delete(String tenant, PinReference reference);

    /** What became of a plan that was to be pinned. */
    sealed interface PinOutcome {
        /** A new version. */
        record Created(PinnedPlan plan) implements PinOutcome {}

        /** The latest version, which is the same. */
        record Unchanged(PinnedPlan plan) implements PinOutcome {}

        /** Nothing: the tenant has as many as it may have. */
        record Full() implements PinOutcome {}
    }
}
