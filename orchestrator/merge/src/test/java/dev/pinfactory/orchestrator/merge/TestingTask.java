package dev.pinfactory.orchestrator.merge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.orchestrator.engine.StepOutcome;
import dev.pinfactory.orchestrator.engine.StepRecord;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.DefaultMapping;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Evidence;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.LeafNote;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.OutputMapping.MergeRule;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds what a merge takes: a plan whose steps have ended. Specialists are named by what they give and take a "text" or an "image". */
final class TestingTask {
    static final Contracts CONTRACTS = Contracts.of(
            contract("fields", "text", "text", "fields", "fields"),
            contract("fields-2", "text", "text", "fields", "fields"),
            contract("labels", "text", "text", "labels", "labels"),
            contract("entities", "text", "text", "entities", "entities"),
            contract("entities-2", "text", "text", "entities", "entities"),
            contract("score", "text", "text", "score", "score"),
            contract("redact", "text", "text", "text", "text"),
            contract("ocr", "image", "image", "text", "text"),
            Contract.newBuilder()
                    .setId("summary")
                    .setCapability("summary")
                    .addInputs(Port.newBuilder().setName("text").setType("text").setCardinality(Port.Cardinality.MANY))
                    .addOutputs(Port.newBuilder().setName("summary").setType("text"))
                    .build());

    private final Plan.Builder plan = Plan.newBuilder();
    private final List<StepRecord> records = new ArrayList<>();
    private final List<Artifact> inputs = new ArrayList<>();
    private Optional<Struct> schema = Optional.empty();

    TestingTask input(Artifact input) {
        inputs.add(input);
        return this;
    }

    TestingTask input(String name, String text) {
        return input(text(text).toBuilder().setName(name).build());
    }

    TestingTask step(String id, String specialist, StepOutcome outcome, Binding... sources) {
        return step(id, specialist, outcome, List.of(), sources);
    }

    TestingTask step(String id, String specialist, StepOutcome outcome, List<StepOutcome> items, Binding... sources) {
        String port = CONTRACTS.find(specialist).orElseThrow().getInputs(0).getName();
        plan.addSteps(Step.newBuilder()
                .setId(id)
                .setSpecialist(specialist)
                .setDeliverable(true)
                .setForEach(items.isEmpty() ? "" : port)
                .addInputs(InputBinding.newBuilder().setPort(port).addAllSources(Arrays.asList(sources))));
        records.add(new StepRecord(
                outcome,
                items,
                StepReport.newBuilder()
                        .setStep(id)
                        .setSpecialist(specialist)
                        .setVersion("1.0.0")
                        .build()));
        return this;
    }

    TestingTask map(String target, MergeRule rule, StepOutput... sources) {
        plan.addOutput(
                OutputMapping.newBuilder().setTarget(target).setRule(rule).addAllSources(Arrays.asList(sources)));
        return this;
    }

    TestingTask map(String target, StepOutput... sources) {
        return map(target, MergeRule.MERGE_RULE_UNSPECIFIED, sources);
    }

    TestingTask defaultMapping() {
        plan.clearOutput().addAllOutput(DefaultMapping.of(plan.build(), CONTRACTS));
        return this;
    }

    TestingTask unmet(String text, String reason) {
        plan.addUnmetBuilder().setText(text).setReason(reason);
        return this;
    }

    TestingTask schema(String json) {
        schema = Optional.of(json(json).getStructValue());
        return this;
    }

    MergeRequest request() {
        return new MergeRequest(plan.build(), CONTRACTS, schema, records, inputs);
    }

    MergeResult merge() {
        return Merge.execute(request(), MergeSettings.defaults());
    }

    static StepOutcome succeeded(Artifact... outputs) {
        return new StepOutcome.Succeeded(List.of(outputs));
    }

    static Artifact text(String text) {
        return Artifact.newBuilder()
                .setName("text")
                .setType("text")
                .setText(text)
                .setConfidence(1)
                .build();
    }

    /** An output named by its type. */
    static Artifact json(String type, double confidence, String json, LeafNote.Builder... notes) {
        Artifact.Builder artifact = Artifact.newBuilder()
                .setName(type)
                .setType(type)
                .setConfidence(confidence)
                .setJson(json(json));
        Arrays.stream(notes).forEach(artifact::addLeaves);
        return artifact.build();
    }

    static LeafNote.Builder note(String pointer, double confidence) {
        return LeafNote.newBuilder().setPointer(pointer).setConfidence(confidence);
    }

    static LeafNote.Builder note(String pointer, double confidence, String port, int start, int end) {
        return note(pointer, confidence)
                .addEvidence(Evidence.newBuilder()
                        .setInput(port)
                        .setSpan(Span.newBuilder().setStart(start).setEnd(end)));
    }

    static Binding from(String input) {
        return Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName(input))
                .build();
    }

    static Binding output(String step, String output) {
        return Binding.newBuilder().setStepOutput(of(step, output)).build();
    }

    static StepOutput of(String step, String output) {
        return of(step, output, "");
    }

    static StepOutput of(String step, String output, String pointer) {
        return StepOutput.newBuilder()
                .setStep(step)
                .setOutput(output)
                .setPointer(pointer)
                .build();
    }

    static Value json(String text) {
        try {
            Value.Builder value = Value.newBuilder();
            JsonFormat.parser().merge(text, value);
            return value.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Contract contract(String id, String port, String inputType, String output, String outputType) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(output)
                .addInputs(Port.newBuilder().setName(port).setType(inputType))
                .addOutputs(Port.newBuilder().setName(output).setType(outputType))
                .build();
    }
}
