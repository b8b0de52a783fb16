package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.Struct;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Plan;
import java.util.List;
import java.util.Optional;

/**
 * What is merged.
 *
 * @param plan whose output mapping is executed
 * @param contracts those that the plan was validated against
 * @param outputSchema the caller's JSON Schema, valid; empty where the caller gave none
 * @param steps how the steps ended, in any order: it does not matter
 * @param inputs the task's own, which evidence is led back to. Quotes and offsets need the text of a text input inline
 */
public record MergeRequest(
        Plan plan, Contracts contracts, Optional<Struct> outputSchema, List<StepRecord> steps, List<Artifact> inputs) {
    public MergeRequest {
        steps = List.copyOf(steps);
        inputs = List.copyOf(inputs);
    }
}
