package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.plan.Sources.Delivered;
import dev.pinfactory.proto.type.JsonKind;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.SemanticTypes;
import dev.pinfactory.proto.v1.Parameter;
import java.util.EnumSet;
import java.util.Set;

/** Whether what arrives can be what is wanted. */
final class TypeRules {
    private final PlanContext context;

    TypeRules(PlanContext context) {
        this.context = context;
    }

    /**
     * A whole artifact has to be assignable. A part of one has no type of its own: a scalar can be a text, and an object or an array can be any
     * json type of that shape, which is then checked when it is there.
     */
    boolean fits(Delivered source, String portType) {
        if (portType.equals(SemanticTypes.ANY)) {
            return true;
        }
        if (!source.part()) {
            return context.isAssignable(source.type(), portType);
        }
        Set<JsonKind> wanted = EnumSet.noneOf(JsonKind.class);
        if (context.isAssignable(portType, SemanticTypes.TEXT)) {
            wanted.addAll(Set.of(JsonKind.STRING, JsonKind.NUMBER, JsonKind.BOOLEAN));
        } else if (context.schemas.isJson(portType)) {
            wanted.addAll(context.schemas.kindsAt(portType, JsonPointer.whole()));
        }
        return source.kinds().stream().anyMatch(wanted::contains);
    }

    /** Whether a value that arrives can set a parameter of this kind. */
    boolean fits(Delivered source, Parameter.Kind kind) {
        Set<JsonKind> wanted = switch (kind) {
            case INTEGER, NUMBER -> Set.of(JsonKind.NUMBER, JsonKind.STRING);
            case BOOLEAN -> Set.of(JsonKind.BOOLEAN);
            case AMOUNT -> Set.of(JsonKind.OBJECT, JsonKind.STRING);
            case KIND_UNSPECIFIED, STRING, DATE, LANGUAGE, ENUM, FILE_NAME, URL, UNRECOGNIZED ->
                Set.of(JsonKind.STRING);
        };
        return source.kinds().stream().anyMatch(wanted::contains);
    }
}
