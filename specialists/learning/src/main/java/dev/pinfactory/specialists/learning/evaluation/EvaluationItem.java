package dev.pinfactory.specialists.learning.evaluation;

import com.google.protobuf.Value;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call, and what is known of it. Nothing of the gold may be in inputs or parameters.
 *
 * @param inputs each named by its port
 * @param parameters by name
 * @param gold empty where the file has none
 */
public record EvaluationItem<G>(List<Artifact> inputs, Map<String, Value> parameters, Optional<G> gold) {
    public EvaluationItem {
        inputs = List.copyOf(inputs);
        parameters = Map.copyOf(parameters);
    }

    /** A call with one text. */
    public static <G> EvaluationItem<G> ofText(String port, String text, Optional<G> gold) {
        return of(
                Artifact.newBuilder()
                        .setName(port)
                        .setType(SemanticTypes.TEXT)
                        .setText(text)
                        .build(),
                gold);
    }

    /** A call with one input. */
    public static <G> EvaluationItem<G> of(Artifact input, Optional<G> gold) {
        return new EvaluationItem<>(List.of(input), Map.of(), gold);
    }
}
