package dev.pinfactory.specialists.learning.evaluation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What came back of one call. */
public sealed interface Answer {
    /** The specialist answered. */
    record Given(List<Artifact> outputs) implements Answer {
        public Given {
            outputs = List.copyOf(outputs);
        }
    }

    /** The specialist would rather not say. */
    record Abstained(String reason, List<Artifact> bestGuess) implements Answer {
        public Abstained {
            bestGuess = List.copyOf(bestGuess);
        }
    }

    /** The call ended in an error. */
    record Refused(String error) implements Answer {}

    static Answer of(InferResponse response) {
        return response.hasAbstention()
                ? new Abstained(
                        response.getAbstention().getReason(),
                        response.getAbstention().getBestGuessList())
                : new Given(response.getOutputs().getArtifactsList());
    }

    /** What it says on a port; of an abstention its best guess, if there is one. */
    default Optional<Artifact> output(String port) {
        List<Artifact> outputs = switch (this) {
            case Given given -> given.outputs();
            case Abstained abstained -> abstained.bestGuess();
            case Refused _ -> List.of();
        };
        return outputs.stream().filter(output -> output.getName().equals(port)).findFirst();
    }

    /** The JSON object on a port; an empty one where there is none. */
    default Struct object(String port) {
        return output(port).map(output -> output.getJson().getStructValue()).orElse(Struct.getDefaultInstance());
    }

    /** The label of a port of type {@code labels}; an empty string where there is none. */
    default String label(String port) {
        return object(port)
                .getFieldsOrDefault("label", Value.getDefaultInstance())
                .getStringValue();
    }

    /** The labels of a port of type {@code labels}, the likeliest first. */
    default List<String> candidates(String port) {
        return object(port)
                .getFieldsOrDefault("candidates", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()
                .stream()
                .map(one -> one.getStructValue()
                        .getFieldsOrDefault("label", Value.getDefaultInstance())
                        .getStringValue())
                .toList();
    }

    default boolean abstained() {
        return this instanceof Abstained;
    }

    /** A line of the predictions file: outcome, and each output's content with its confidence. */
    default Map<String, Object> json() {
        Map<String, Object> line = new LinkedHashMap<>();
        switch (this) {
            case Given given -> {
                line.put("outcome", "answered");
                line.put("outputs", contents(given.outputs()));
            }
            case Abstained abstained -> {
                line.put("outcome", "abstained");
                line.put("reason", abstained.reason());
                line.put("bestGuess", contents(abstained.bestGuess()));
            }
            case Refused refused -> {
                line.put("outcome", "refused");
                line.put("reason", refused.error());
            }
        }
        return line;
    }

    private static Map<String, Object> contents(List<Artifact> outputs) {
        Map<String, Object> contents = new LinkedHashMap<>();
        for (Artifact output : outputs) {
            Map<String, Object> one = new LinkedHashMap<>(); // keeps its order, so that equal answers are equal lines
            one.put("content", output.hasText() ? output.getText() : json(output));
            one.put("confidence", output.getConfidence());
            contents.put(output.getName(), one);
        }
        return contents;
    }

    private static Object json(Artifact output) {
        try {
            return new JsonMapper().readTree(JsonFormat.printer().print(output.getJson()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("output '" + output.getName() + "' is no JSON", e);
        }
    }
}
