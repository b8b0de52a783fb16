package dev.pinfactory.specialists.testkit;

import com.google.protobuf.Value;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.InferRequest;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;

/** What a specialist refuses, naming the field. */
final class RefusalChecks {
    private static final Value WRONG = Value.newBuilder()
            .setStructValue(com.google.protobuf.Struct.getDefaultInstance())
            .build();

    private final Subject subject;

    RefusalChecks(Subject subject) {
        this.subject = subject;
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(subject.check("refuses an unknown version", this::refusesUnknownVersion));
        checks.add(subject.check("refuses an unknown input", this::refusesUnknownInput));
        checks.add(subject.check("refuses an unknown parameter", this::refusesUnknownParameter));
        for (Port port : subject.card().getContract().getInputsList()) {
            if (!port.getOptional()) {
                checks.add(subject.check("refuses a missing '" + port.getName() + "'", () -> refusesMissing(port)));
            }
            if (!port.getType().equals("any")) {
                checks.add(subject.check(
                        "refuses '" + port.getName() + "' of the wrong type", () -> refusesWrongType(port)));
            }
        }
        for (Parameter parameter : subject.card().getContract().getParametersList()) {
            checks.add(subject.check(
                    "refuses a malformed '" + parameter.getName() + "'",
                    () -> Refusal.expectNaming(
                            parameter.getName(),
                            () -> infer(subject.sample().toBuilder().putParameters(parameter.getName(), WRONG)))));
        }
        return checks;
    }

    private void refusesUnknownVersion() {
        Refusal.expect(
                Status.Code.NOT_FOUND, () -> infer(subject.sample().toBuilder().setVersion("0.0.0-no-such-version")));
    }

    private void refusesUnknownInput() {
        Artifact extra = Artifact.newBuilder()
                .setName("no-such-input")
                .setType("text")
                .setText("x")
                .build();
        Refusal.expectNaming(
                "no-such-input", () -> infer(subject.sample().toBuilder().addInputs(extra)));
    }

    private void refusesUnknownParameter() {
        Value value = Value.newBuilder().setStringValue("x").build();
        Refusal.expectNaming(
                "no-such-parameter",
                () -> infer(subject.sample().toBuilder().putParameters("no-such-parameter", value)));
    }

    private void refusesMissing(Port port) {
        Refusal.expectNaming(port.getName(), () -> infer(without(port)));
    }

    private void refusesWrongType(Port port) {
        var types = Contracts.of(subject.card().getContract()).types();
        String wrong = types.isAssignable("series", port.getType()) ? "image" : "series";
        Artifact artifact = Artifact.newBuilder()
                .setName(port.getName())
                .setType(wrong)
                .setJson(WRONG)
                .build();
        Refusal.expectNaming(port.getName(), () -> infer(without(port).addInputs(artifact)));
    }

    private InferRequest.Builder without(Port port) {
        InferRequest.Builder request = subject.sample().toBuilder().clearInputs();
        subject.sample().getInputsList().stream()
                .filter(input -> !input.getName().equals(port.getName()))
                .forEach(request::addInputs);
        return request;
    }

    private Object infer(InferRequest.Builder request) {
        return subject.connection().infer(request.build());
    }
}
