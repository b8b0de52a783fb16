package dev.pinfactory.proto.plan;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.List;

/** A small catalogue, and a plan over it that breaks no rule. */
final class Plans {
    static final String INSTRUCTION = "Read the scans, extract the total, translate it into German and give 3 lines";
    static final Contract OCR = contract("ocr", "read.image", "image", "text").build();
    static final Contract OCR_B =
            contract("ocr-b", "read.image", "image", "text").build();
    static final Contract FIELDS =
            contract("receipt-fields", "extract.receipt", "text", "fields").build();
    static final Contract REDACT = contract("redact", "redact.text", "text", "text")
            .addAcceptsDataClasses("*")
            .addDetectsDataClasses("personal")
            .addClearsDataClasses("personal")
            .build();
    static final Contract TRANSLATE = contract("translate", "translate.text", "text", "text")
            .addParameters(Parameter.newBuilder()
                    .setName("language")
                    .setKind(Parameter.Kind.LANGUAGE)
                    .setRequired(true))
            .addParameters(Parameter.newBuilder().setName("lines").setKind(Parameter.Kind.INTEGER))
            .build();
    static final Contract JOIN = contract("join", "join.text", "text", "text")
            .setInputs(0, port("in", "text").toBuilder().setCardinality(Port.Cardinality.MANY))
            .build();
    static final Contract SPLIT = contract("split", "split.text", "text", "text")
            .setOutputs(0, port("out", "text").toBuilder().setCardinality(Port.Cardinality.MANY))
            .build();
    static final Contract MODEL = contract("llm", "anything", "any", "any")
            .setKind(Contract.Kind.LLM)
            .addAcceptsDataClasses("*")
            .build();
    static final Contracts CONTRACTS = Contracts.of(OCR, OCR_B, FIELDS, REDACT, TRANSLATE, JOIN, SPLIT, MODEL);

    private Plans() {}

    static Contract.Builder contract(String id, String capability, String in, String out) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .setSummary("Does " + capability)
                .setKind(Contract.Kind.MODEL)
                .addInputs(port("in", in))
                .addOutputs(port("out", out));
    }

    static Port port(String name, String type) {
        return Port.newBuilder().setName(name).setType(type).build();
    }

    static TaskShape task() {
        return task(Constraints.getDefaultInstance());
    }

    static TaskShape task(Constraints constraints) {
        return new TaskShape(
                INSTRUCTION,
                List.of(
                        input("scan", "image", false).build(),
                        input("scans", "image", true).build(),
                        input("letter", "text", false)
                                .addDataClasses("confidential")
                                .build()),
                constraints,
                false,
                TaskShape.ALL_DATA_CLASSES);
    }

    static InputDescription.Builder input(String name, String type, boolean many) {
        return InputDescription.newBuilder().setName(name).setType(type).setMany(many);
    }

    static Step.Builder step(String id, String specialist, Binding... sources) {
        return Step.newBuilder()
                .setId(id)
                .setSpecialist(specialist)
                .setContractDigest(CONTRACTS.digestOf(specialist).orElse(""))
                .addInputs(InputBinding.newBuilder().setPort("in").addAllSources(List.of(sources)))
                .setConfidence(0.9);
    }

    static Binding fromInput(String name) {
        return Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName(name))
                .build();
    }

    static Binding fromStep(String step, String pointer) {
        return Binding.newBuilder().setStepOutput(output(step, pointer)).build();
    }

    static StepOutput output(String step, String pointer) {
        return StepOutput.newBuilder()
                .setStep(step)
                .setOutput("out")
                .setPointer(pointer)
                .build();
    }

    static ParameterBinding words(String parameter, String words, InstructionSpan.Normalizer normalizer) {
        int start = INSTRUCTION.indexOf(words);
        return ParameterBinding.newBuilder()
                .setParameter(parameter)
                .setSource(Binding.newBuilder()
                        .setInstruction(InstructionSpan.newBuilder()
                                .setStart(start)
                                .setEnd(start + words.length())
                                .setNormalizer(normalizer)))
                .build();
    }

    static OutputMapping mapping(String step, String pointer, String target) {
        return OutputMapping.newBuilder()
                .addSources(output(step, pointer))
                .setTarget(target)
                .setConfidence(0.9)
                .build();
    }

    static Step.Builder translate(String id, Binding source) {
        return step(id, "translate", source)
                .setDeliverable(true)
                .addParameters(words("language", "German", InstructionSpan.Normalizer.LANGUAGE));
    }

    /** ocr → receipt-fields → translate of the total. */
    static Plan.Builder valid() {
        return Plan.newBuilder()
                .setConfidence(0.8)
                .addSteps(step("ocr", "ocr", fromInput("scan")))
                .addSteps(step("fields", "receipt-fields", fromStep("ocr", "")).setDeliverable(true))
                .addSteps(translate("translate", fromStep("fields", "/total")))
                .addOutput(mapping("fields", "/total", "/total"))
                .addOutput(mapping("translate", "", "/german"));
    }
}
