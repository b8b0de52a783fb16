package dev.pinfactory.specialists.sdk.serving;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Artifact;
import java.util.List;

/** Checks the content of one artifact, which is no list, against its type. */
final class ContentCheck {
    private ContentCheck() {}

    static void check(String path, Artifact artifact, SemanticTypes types, List<FieldViolation> violations) {
        if (artifact.hasRef()) {
            violations.add(new FieldViolation(path, "is a reference, expected the content itself"));
        }
    }
}
