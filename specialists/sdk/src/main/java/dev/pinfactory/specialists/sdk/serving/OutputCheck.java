package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks what a model gave against the card, so that nothing malformed ever travels on. Also the contract test's judge. */
public final class OutputCheck {
    private final String specialist;
    private final PortCheck ports;
    private final PortCheck bestGuessPorts;
    private final Map<String, String> typeByPort = new HashMap<>();

    public OutputCheck(Contract contract) {
        this.specialist = contract.getId();
        var types = Contracts.of(contract).types();
        this.ports = new PortCheck("outputs", contract.getOutputsList(), types);
        List<Port> optional = contract.getOutputsList().stream()
                .map(port -> port.toBuilder().setOptional(true).build())
                .toList();
        this.bestGuessPorts = new PortCheck("best_guess", optional, types);
        contract.getOutputsList().forEach(port -> typeByPort.put(port.getName(), port.getType()));
    }

    /** All that is wrong with an answer to these inputs. */
    public List<FieldViolation> violations(List<Artifact> outputs, Map<String, Artifact> inputs) {
        return violations(ports, "outputs", outputs, inputs);
    }

    /** All that is wrong with what an abstention would have answered; ports may be left out there. */
    public List<FieldViolation> bestGuessViolations(List<Artifact> bestGuess, Map<String, Artifact> inputs) {
        return violations(bestGuessPorts, "best_guess", bestGuess, inputs);
    }

    /** The outputs, each with a type. */
    List<Artifact> check(List<Artifact> outputs, Map<String, Artifact> inputs) {
        List<Artifact> typed = typed(outputs);
        require(violations(typed, inputs));
        return typed;
    }

    List<Artifact> checkBestGuess(List<Artifact> bestGuess, Map<String, Artifact> inputs) {
        List<Artifact> typed = typed(bestGuess);
        require(bestGuessViolations(typed, inputs));
        return typed;
    }

    /** A model may leave the type to the card. */
    private List<Artifact> typed(List<Artifact> outputs) {
        return outputs.stream()
                .map(output -> output.getType().isEmpty()
                        ? output.toBuilder()
                                .setType(typeByPort.getOrDefault(output.getName(), ""))
                                .build()
                        : output)
                .toList();
    }

    private void require(List<FieldViolation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        String message = violations.stream()
                .limit(3)
                .map(violation -> violation.field() + " " + violation.description())
                .collect(Collectors.joining("; ", "specialist '" + specialist + "' broke its card: ", ""));
        throw new PinfactoryException(ErrorCode.SPECIALIST_OUTPUT_INVALID, message, violations);
    }

    private static List<FieldViolation> violations(
            PortCheck ports, String field, List<Artifact> outputs, Map<String, Artifact> inputs) {
        List<FieldViolation> violations = new ArrayList<>();
        ports.check(outputs, violations);
        EvidenceCheck evidence = new EvidenceCheck(inputs);
        for (Artifact output : outputs) {
            evidence.check(field + "[" + output.getName() + "]", output, violations);
        }
        return violations;
    }
}
