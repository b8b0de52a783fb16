package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.ArtifactValidator;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks artifacts against the ports of a card: names, presence, types and cardinality. Reports all that is wrong. */
final class PortCheck {
    private final String field;
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final SemanticTypes types;
    private final ArtifactValidator validator;

    /** @param field what the artifacts are called in messages, such as {@code inputs} */
    PortCheck(String field, List<Port> ports, SemanticTypes types) {
        this.field = field;
        ports.forEach(port -> this.ports.put(port.getName(), port));
        this.types = types;
        this.validator = new ArtifactValidator(types);
    }

    /** The artifacts by port; what is wrong is added to the violations. */
    Map<String, Artifact> check(List<Artifact> artifacts, List<FieldViolation> violations) {
        Map<String, Artifact> byPort = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            String path = path(artifact.getName());
            Port port = ports.get(artifact.getName());
            if (port == null) {
                violations.add(new FieldViolation(path, "is unknown; known are " + List.copyOf(ports.keySet())));
            } else if (byPort.put(port.getName(), artifact) != null) {
                violations.add(new FieldViolation(path, "is there twice"));
            } else {
                checkOne(path, port, artifact, violations);
            }
        }
        for (Port port : ports.values()) {
            if (!port.getOptional() && !byPort.containsKey(port.getName())) {
                violations.add(new FieldViolation(path(port.getName()), "is required (" + port.getType() + ")"));
            }
        }
        return byPort;
    }

    private void checkOne(String path, Port port, Artifact artifact, List<FieldViolation> violations) {
        if (artifact.getContentCase() == Artifact.ContentCase.CONTENT_NOT_SET) {
            violations.add(new FieldViolation(path, "has no content, expected " + port.getType()));
            return;
        }
        boolean many = port.getCardinality() == Port.Cardinality.MANY;
        if (many != artifact.hasItems()) {
            violations.add(new FieldViolation(
                    path,
                    many ? "is a single value, expected a list of " + port.getType() : "is a list, expected one"));
            return;
        }
        if (!types.isAssignable(artifact.getType(), port.getType())) {
            String type = artifact.getType().isEmpty() ? "empty" : artifact.getType();
            violations.add(new FieldViolation(path + ".type", "is " + type + ", expected " + port.getType()));
            return;
        }
        violations.addAll(validator.validate(artifact, path));
        if (isReference(artifact)) {
            violations.add(new FieldViolation(path, "is a reference, which only InferByReference takes"));
        }
    }

    /** Content can be asked for only in a call that can carry it. */
    private static boolean isReference(Artifact artifact) {
        return artifact.hasRef() || artifact.getItems().getItemsList().stream().anyMatch(Artifact::hasRef);
    }

    private String path(String port) {
        return field + "[" + port + "]";
    }
}
