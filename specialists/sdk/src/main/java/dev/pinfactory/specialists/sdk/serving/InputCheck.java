package dev.pinfactory.specialists.sdk.serving;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.specialists.sdk.Inference;
import io.grpc.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Turns a request into what a model gets, or refuses it naming every field that is wrong. */
final class InputCheck {
    private final String specialist;
    private final SemanticTypes types;
    private final PortCheck ports;
    private final ParameterCheck parameters;

    InputCheck(Contract contract) {
        this.specialist = contract.getId();
        this.types = Contracts.of(contract).types();
        this.ports = new PortCheck("inputs", contract.getInputsList(), types);
        this.parameters = new ParameterCheck(contract.getParametersList());
    }

    /** The types that the contract knows. */
    SemanticTypes types() {
        return types;
    }

    /** @throws PinfactoryException SPECIALIST_INPUT_INVALID */
    Inference check(InferRequest request, BooleanSupplier cancellation, Optional<Deadline> deadline) {
        List<FieldViolation> violations = new ArrayList<>();
        Map<String, Artifact> inputs = ports.check(request.getInputsList(), violations);
        Map<String, Value> values = parameters.check(request.getParametersMap(), violations);
        if (violations.isEmpty()) {
            return new Inference(inputs, values, cancellation, deadline);
        }
        String message = violations.stream()
                .limit(3)
                .map(violation -> violation.field() + " " + violation.description())
                .collect(Collectors.joining("; ", "specialist '" + specialist + "': ", ""));
        throw new PinfactoryException(ErrorCode.SPECIALIST_INPUT_INVALID, message, violations);
    }
}
