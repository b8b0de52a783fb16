package dev.pinfactory.router.planner;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.PlanRequest;
import java.time.Instant;
import java.util.List;

/**
 * What a planner needs to know, and nothing of any content.
 *
 * @param request instruction, and names, types and languages of the inputs
 * @param contracts the specialists that may be planned with
 * @param catalogDigest digest of all contracts that are known, of which {@code contracts} may be a part: what a plan says it was made against, so
 *     that the caller can compare it with its own
 * @param deadline when an answer is of no use any more
 */
public record PlanningRequest(PlanRequest request, Contracts contracts, String catalogDigest, Instant deadline) {

    /** A request over everything that is known. */
    public PlanningRequest(PlanRequest request, Contracts contracts, Instant deadline) {
        this(request, contracts, contracts.digest(), deadline);
    }

    /** The same request over the contracts that the caller's constraints leave. */
    public PlanningRequest withinConstraints() {
        List<String> allowed = request.getConstraints().getAllowedSpecialistsList();
        List<String> excluded = request.getConstraints().getExcludedSpecialistsList();
        Contracts routable = request.getConstraints().getMayEscalate() ? contracts : contracts.withoutLanguageModels();
        Contracts left = allowed.isEmpty() && excluded.isEmpty()
                ? routable
                : routable.only(contract -> (allowed.isEmpty() || allowed.contains(contract.getId()))
                        && !excluded.contains(contract.getId()));
        return left == contracts ? this : new PlanningRequest(request, left, catalogDigest, deadline);
    }

    /** The same request over a part of the contracts. */
    PlanningRequest over(Contracts part) {
        return new PlanningRequest(request, part, catalogDigest, deadline);
    }
}
