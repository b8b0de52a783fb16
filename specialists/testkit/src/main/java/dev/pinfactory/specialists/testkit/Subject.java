package dev.pinfactory.specialists.testkit;

import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.specialists.sdk.serving.OutputCheck;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One specialist under test, with requests that it can answer. */
final class Subject {
    private final Connection connection;
    private final Card card;
    private final List<InferRequest> samples;
    private final OutputCheck outputs;

    Subject(Connection connection, Card card, List<InferRequest> samples) {
        this.connection = connection;
        this.card = card;
        this.samples = samples;
        this.outputs = new OutputCheck(card.getContract());
    }

    Connection connection() {
        return connection;
    }

    Card card() {
        return card;
    }

    String id() {
        return card.getContract().getId();
    }

    List<InferRequest> samples() {
        return samples;
    }

    InferRequest sample() {
        return samples.getFirst();
    }

    Check check(String name, Check.Body body) {
        return new Check(id() + ": " + name, body);
    }

    /** Whether some required input is a single text, so that hard texts can be tried. */
    boolean takesText() {
        return card.getContract().getInputsList().stream().anyMatch(Subject::isText);
    }

    /** A sample with other text on every port that takes a single text. */
    InferRequest withText(UnaryOperator<String> change) {
        InferRequest.Builder request = sample().toBuilder();
        for (Artifact.Builder input : request.getInputsBuilderList()) {
            if (input.hasText()) {
                // Segments and such speak of the old text.
                Artifact changed = Artifact.newBuilder()
                        .setName(input.getName())
                        .setType("text")
                        .setText(change.apply(input.getText()))
                        .build();
                input.clear().mergeFrom(changed);
            }
        }
        return request.build();
    }

    /** Fails unless the response is a valid answer to the request, or an abstention with a reason. */
    void requireValid(InferRequest request, InferResponse response) {
        Map<String, Artifact> inputs = request.getInputsList().stream()
                .collect(Collectors.toMap(Artifact::getName, Function.identity(), (first, second) -> second));
        ContractViolation.unless(
                response.getSpecialist().equals(id()),
                "the response is from '" + response.getSpecialist() + "', expected '" + id() + "'");
        ContractViolation.unless(!response.getVersion().isEmpty(), "the response names no version");
        ContractViolation.unless(response.getCost().getCpuSeconds() >= 0, "cost.cpu_seconds is negative");
        var violations = switch (response.getOutcomeCase()) {
            case OUTPUTS -> outputs.violations(response.getOutputs().getArtifactsList(), inputs);
            case ABSTENTION -> {
                ContractViolation.unless(
                        !response.getAbstention().getReason().isBlank(), "the abstention has no reason");
                yield outputs.bestGuessViolations(response.getAbstention().getBestGuessList(), inputs);
            }
            case OUTCOME_NOT_SET -> throw new ContractViolation("the response has no outcome");
        };
        ContractViolation.unless(violations.isEmpty(), "not what the card promises: " + violations);
        QuoteCheck.check(response.getOutputs().getArtifactsList(), request.getInputsList());
    }

    private static boolean isText(Port port) {
        return !port.getOptional() && port.getType().equals("text") && port.getCardinality() != Port.Cardinality.MANY;
    }
}
