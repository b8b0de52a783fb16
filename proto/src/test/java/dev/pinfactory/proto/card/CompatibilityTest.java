package dev.pinfactory.proto.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.Port;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
    private static final Contract BEFORE = Contract.newBuilder()
            .setId("translate")
            .setCapability("translate.text")
            .setSummary("Translates")
            .setIdempotent(true)
            .addAcceptsDataClasses("personal")
            .addDetectsDataClasses("personal")
            .addInputs(Port.newBuilder().setName("text").setType("text"))
            .addInputs(Port.newBuilder().setName("glossary").setType("table").setOptional(true))
            .addOutputs(Port.newBuilder().setName("text").setType("text"))
            .addParameters(Parameter.newBuilder()
                    .setName("tone")
                    .setKind(Parameter.Kind.ENUM)
                    .addAllowedValues("plain")
                    .addAllowedValues("formal"))
            .build();

    @Test
    void wordsMayChangeAndOptionalThingsMayCome() {
        Contract.Builder after = BEFORE.toBuilder()
                .setSummary("Translates anything")
                .addExamples("Put this into French")
                .addLanguages("fr")
                .setAcceptsDataClasses(0, "*")
                .addDetectsDataClasses("health")
                .addInputs(Port.newBuilder().setName("style").setType("text").setOptional(true))
                .addOutputs(Port.newBuilder().setName("notes").setType("text"))
                .addParameters(Parameter.newBuilder().setName("lines").setKind(Parameter.Kind.INTEGER));
        after.getParametersBuilder(0).addAllowedValues("friendly");
        assertThat(Compatibility.broken(BEFORE, after.build())).isEmpty();
        assertThat(Compatibility.sameInterface(BEFORE, after.build())).isFalse();
    }

    @Test
    void everythingThatAPlanTripsOverIsNamedWithBeforeAndNow() {
        Contract.Builder after = BEFORE.toBuilder()
                .setCapability("rewrite.text")
                .setIdempotent(false)
                .clearAcceptsDataClasses()
                .clearDetectsDataClasses()
                .addInputs(Port.newBuilder().setName("style").setType("text"))
                .addParameters(Parameter.newBuilder().setName("lines").setRequired(true));
        after.getInputsBuilder(0).setCardinality(Port.Cardinality.MANY);
        after.getInputsBuilder(1).setOptional(false);
        after.getOutputsBuilder(0).setType("record");
        after.getParametersBuilder(0).clearAllowedValues().addAllowedValues("plain");
        assertThat(Compatibility.broken(BEFORE, after.build()))
                .containsExactly(
                        new FieldViolation("contract.capability", "was translate.text, is rewrite.text"),
                        new FieldViolation("contract.idempotent", "was true, is false"),
                        new FieldViolation("contract.accepts_data_classes", "no longer has [personal]"),
                        new FieldViolation("contract.detects_data_classes", "no longer has [personal]"),
                        new FieldViolation("contract.inputs[text].cardinality", "was CARDINALITY_UNSPECIFIED, is MANY"),
                        new FieldViolation("contract.inputs[glossary].optional", "was true, is false"),
                        new FieldViolation("contract.inputs[style]", "is new and not optional"),
                        new FieldViolation("contract.outputs[text].type", "was text, is record"),
                        new FieldViolation(
                                "contract.parameters[tone].allowed_values", "was [plain, formal], is [plain]"),
                        new FieldViolation("contract.parameters[lines]", "is new and required"));
    }

    @Test
    void whatIsGoneIsNamed() {
        Contract after = BEFORE.toBuilder().clearInputs().clearParameters().build();
        assertThat(Compatibility.broken(BEFORE, after))
                .extracting(FieldViolation::field)
                .containsExactly("contract.inputs[text]", "contract.inputs[glossary]", "contract.parameters[tone]");
    }
}
