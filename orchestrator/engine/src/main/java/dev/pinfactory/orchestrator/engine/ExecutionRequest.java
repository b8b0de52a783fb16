package dev.pinfactory.orchestrator.engine;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an execution works on.
 *
 * @param context tenant and task id, for the calls
 * @param plan validated: the execution trusts that it is acyclic and that its bindings fit the contracts
 * @param contracts those that the plan was validated against
 * @param instruction the task's, for parameters that are bound to its words
 * @param inputs the task's. An input that a plan binds with a pointer has to be inline, not a reference
 * @param versions by contract id, resolved once at the task's start, fallbacks included. Where one is missing the specialist's server chooses.
 *     Their cost hints feed deadlines and budget
 * @param deadline of the whole task, answer included
 */
public record ExecutionRequest(
        CallContext context,
        Plan plan,
        Contracts contracts,
        String instruction,
        List<Artifact> inputs,
        Map<String, Version> versions,
        Instant deadline) {
    public ExecutionRequest {
        inputs = List.copyOf(inputs);
        versions = Map.copyOf(versions);
    }

    /** The version of a specialist; an empty one where its server chooses. */
    Version version(String specialist) {
        return versions.getOrDefault(specialist, Version.getDefaultInstance());
    }
}
