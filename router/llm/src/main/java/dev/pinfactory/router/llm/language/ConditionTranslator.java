package dev.pinfactory.router.llm.language;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Normalizers;
import dev.pinfactory.proto.type.JsonKind;
import dev.pinfactory.proto.type.JsonPointer;
import dev.pinfactory.proto.type.TypeSchemas;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InstructionSpan.Normalizer;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.StepOutput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions. Their values are literals in a plan, and so the place where a model could smuggle something in: each has to stand in the instruction,
 * word for word, in another spelling, or as a language, a number or a date.
 */
final class ConditionTranslator {
    private static final Parameter NUMBER = parameter(Parameter.Kind.NUMBER);
    private static final Parameter DATE = parameter(Parameter.Kind.DATE);
    private static final Parameter LANGUAGE = parameter(Parameter.Kind.LANGUAGE);
    private static final Parameter BOOLEAN = parameter(Parameter.Kind.BOOLEAN);

    private final InstructionWords words;
    private final TypeSchemas schemas;

    /**
     * @param condition empty where there are problems
     */
    record Read(Optional<Condition> condition, List<String> problems) {}

    ConditionTranslator(InstructionWords words, TypeSchemas schemas) {
        this.words = words;
        this.schemas = schemas;
    }

    /**
     * @param output what is tested; empty if it could not be resolved, which has been said
     */
    Read read(Sketch.Test test, Optional<StepOutput> output, Naming naming) {
        if (output.isEmpty()) {
            return new Read(Optional.empty(), List.of());
        }
        Condition.Builder condition =
                Condition.newBuilder().setOutput(output.get()).setOperator(test.operator());
        if (test.operator() == Condition.Operator.EXISTS) {
            return new Read(Optional.of(condition.build()), List.of());
        }
        boolean many = test.operator() == Condition.Operator.IN;
        if (test.quotes().isEmpty() || !many && test.quotes().size() > 1) {
            String wanted = many ? "at least one quote" : "exactly one quote";
            return new Read(Optional.empty(), List.of(test.operator() + " takes " + wanted));
        }
        Set<JsonKind> kinds = kinds(output.get(), naming);
        List<String> problems = new ArrayList<>();
        ListValue.Builder values = ListValue.newBuilder();
        for (String quote : test.quotes()) {
            Optional<Value> value = stands(quote) ? value(quote, test.operator(), kinds) : Optional.empty();
            value.ifPresent(values::addValues);
            if (value.isEmpty()) {
                problems.add("'" + Texts.quotable(quote) + "' does not stand in the instruction"
                        + (stands(quote) ? " as something that " + test.operator() + " compares" : ""));
            }
        }
        if (!problems.isEmpty()) {
            return new Read(Optional.empty(), problems);
        }
        condition.setValue(many ? Value.newBuilder().setListValue(values).build() : values.getValues(0));
        return new Read(Optional.of(condition.build()), List.of());
    }

    private boolean stands(String quote) {
        // The ENUM normalizer compares without case and punctuation: "not delivered" stands for NOT_DELIVERED.
        Parameter spelling = parameter(Parameter.Kind.ENUM).toBuilder()
                .addAllowedValues(quote)
                .build();
        return words.exact(quote, Optional.empty()).isPresent()
                || words.readAs(quote, Normalizer.ENUM, spelling).isPresent()
                || words.readAs(quote, Normalizer.LANGUAGE, LANGUAGE).isPresent()
                || words.readAs(quote, Normalizer.NUMBER, NUMBER).isPresent()
                || words.readAs(quote, Normalizer.DATE, DATE).isPresent();
    }

    private static Optional<Value> value(String quote, Condition.Operator operator, Set<JsonKind> kinds) {
        Optional<Value> number = Normalizers.normalize(Normalizer.NUMBER, NUMBER, quote);
        if (operator == Condition.Operator.LESS || operator == Condition.Operator.GREATER) {
            return number.or(() -> Normalizers.normalize(Normalizer.DATE, DATE, quote));
        }
        if (kinds.contains(JsonKind.STRING)) {
            return Optional.of(Value.newBuilder().setStringValue(quote).build());
        }
        if (kinds.contains(JsonKind.NUMBER) && number.isPresent()) {
            return number;
        }
        return kinds.contains(JsonKind.BOOLEAN)
                ? Normalizers.normalize(Normalizer.BOOLEAN, BOOLEAN, quote)
                : Optional.of(Value.newBuilder().setStringValue(quote).build());
    }

    /** What can stand at the tested place; all where it is not known, and validation then says why. */
    private Set<JsonKind> kinds(StepOutput output, Naming naming) {
        Optional<JsonPointer> pointer = JsonPointer.parse(output.getPointer());
        Optional<Contract> contract =
                naming.find(naming.nameOf(output.getStep())).flatMap(Naming.Known::contract);
        return contract.stream()
                .flatMap(known -> known.getOutputsList().stream())
                .filter(port -> port.getName().equals(output.getOutput()))
                .map(Port::getType)
                .findFirst()
                .flatMap(type -> pointer.map(place -> schemas.kindsAt(type, place)))
                .orElse(EnumSet.allOf(JsonKind.class));
    }

    private static Parameter parameter(Parameter.Kind kind) {
        return Parameter.newBuilder().setName("value").setKind(kind).build();
    }
}
