package dev.pinfactory.specialists.workshop.training;

import com.google.protobuf.Value;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.specialists.learning.Metric;
import dev.pinfactory.specialists.workshop.report.ErrorCase;
import dev.pinfactory.specialists.workshop.report.Figure;
import dev.pinfactory.specialists.workshop.serving.ArtifactType;
import java.util.List;
import java.util.Map;

/**
 * What was learnt, and how good it is on the rows that were put aside.
 *
 * @param metrics the first is the one that counts
 * @param baseline the same figures of what needs no learning
 * @param baselineName what that is
 * @param errors worst first
 * @param learnt rows that were learnt from
 * @param tested rows of the test
 * @param libraries versions by name
 * @param words what the card is drafted of: labels, columns or channels
 * @param inputs of typical calls, to be timed
 */
public record Outcome(
        ArtifactType type,
        byte[] model,
        Map<String, Metric> metrics,
        Map<String, Metric> baseline,
        String baselineName,
        List<Figure> figures,
        List<ErrorCase> errors,
        int learnt,
        int tested,
        Map<String, Object> settings,
        Map<String, String> libraries,
        List<String> words,
        List<Artifact> inputs,
        Map<String, Value> parameters) {
    public Outcome {
        figures = List.copyOf(figures);
        errors = List.copyOf(errors);
        words = List.copyOf(words);
        inputs = List.copyOf(inputs);
    }
}
