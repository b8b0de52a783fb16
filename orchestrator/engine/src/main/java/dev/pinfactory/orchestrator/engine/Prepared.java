package dev.pinfactory.orchestrator.engine;

import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of a step's bindings. */
sealed interface Prepared {
    /**
     * The step can run.
     *
     * @param inputs named by their ports, without the iterated one
     * @param items of the iterated port, a hole where the element is missing; empty for a single call
     * @param parameters by name
     * @param dataClasses of everything that goes in
     */
    record Ready(
            List<Artifact> inputs,
            Optional<List<Optional<Artifact>>> items,
            Map<String, Value> parameters,
            Set<String> dataClasses)
            implements Prepared {
        /** What this item's call may see. */
        Set<String> dataClasses(int item) {
            Set<String> all = new LinkedHashSet<>(dataClasses);
            items.flatMap(list -> list.get(item)).ifPresent(artifact -> all.addAll(artifact.getDataClassesList()));
            return all;
        }
    }

    /** An input's step brought nothing. */
    record Unavailable(SkipReason reason, String cause) implements Prepared {}

    /** The binding does not fit what the task or the plan brought. */
    record Invalid(ErrorCode code, String detail) implements Prepared {}
}
