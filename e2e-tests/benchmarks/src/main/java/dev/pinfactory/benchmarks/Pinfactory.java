package dev.pinfactory.benchmarks;

import dev.pinfactory.orchestrator.engine.ExecutionRequest;
import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.orchestrator.merge.Merge;
import dev.pinfactory.orchestrator.merge.MergeRequest;
import dev.pinfactory.orchestrator.merge.MergeResult;
import dev.pinfactory.orchestrator.merge.MergeSettings;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskInput;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The graph as a plan: validated, run by the engine, merged with provenance, anew for each task. */
final class Pinfactory implements Contestant {
    private final ExecutorService executor;
    private final Ticker ticker;
    private final Map<String, Shape.Node> nodes = new HashMap<>();
    private final Contracts contracts;
    private final PlanValidator validator;
    private final Plan plan;
    private final Task task = Task.newBuilder()
            .setInstruction("do it")
            .addInputs(Artifact.newBuilder()
                    .setName("letter")
                    .setType("text")
                    .setText("dear all")
                    .setConfidence(1))
            .build();

    Pinfactory(Shape shape, ExecutorService executor, Ticker ticker) {
        this.executor = executor;
        this.ticker = ticker;
        shape.nodes().forEach(node -> nodes.put(node.id(), node));
        contracts = Contracts.of(contract(1), contract(2));
        validator = new PlanValidator(contracts);
        plan = plan(shape);
    }

    @Override
    public String run() {
        return merged().output().getStructValue().getFieldsOrThrow("result").getStringValue();
    }

    /** Runs the task with everything that it gets in production but the network and the journal. */
    MergeResult merged() {
        List<Violation> violations = validator.validate(plan, TaskShape.of(task));
        if (!violations.isEmpty()) {
            throw new IllegalStateException(violations.toString());
        }
        ExecutionRequest request = new ExecutionRequest(
                CallContext.newBuilder().setTenant("local").setTaskId("task").build(),
                plan,
                contracts,
                task.getInstruction(),
                task.getInputsList(),
                Map.of(),
                Instant.now().plusSeconds(60));
        Shell shell = new Shell(request, ExecutionSettings.defaults(), nodes, executor, ticker);
        return Merge.execute(
                new MergeRequest(plan, contracts, Optional.empty(), shell.run().steps(), task.getInputsList()),
                MergeSettings.defaults());
    }

    private Plan plan(Shape shape) {
        Plan.Builder steps = Plan.newBuilder();
        String last = "";
        for (Shape.Node node : shape.nodes()) {
            String specialist = "work" + Math.max(1, node.needs().size());
            Step.Builder step = Step.newBuilder()
                    .setId(node.id())
                    .setSpecialist(specialist)
                    .setContractDigest(contracts.digestOf(specialist).orElseThrow())
                    .setConfidence(1);
            if (node.needs().isEmpty()) {
                step.addInputs(input(
                        "in0",
                        Binding.newBuilder().setTaskInput(TaskInput.newBuilder().setName("letter"))));
            }
            for (int i = 0; i < node.needs().size(); i++) {
                step.addInputs(input(
                        "in" + i,
                        Binding.newBuilder()
                                .setStepOutput(StepOutput.newBuilder()
                                        .setStep(node.needs().get(i))
                                        .setOutput("text"))));
            }
            steps.addSteps(step);
            last = node.id();
        }
        int end = steps.getStepsCount() - 1;
        return steps.setSteps(
                        end,
                        steps.getSteps(end).toBuilder().setDeliverable(true).setRequired(true))
                .addOutput(OutputMapping.newBuilder()
                        .setTarget("/result")
                        .addSources(StepOutput.newBuilder().setStep(last).setOutput("text")))
                .setCatalogDigest(contracts.digest())
                .setConfidence(1)
                .build();
    }

    private static InputBinding input(String port, Binding.Builder source) {
        return InputBinding.newBuilder().setPort(port).addSources(source).build();
    }

    private static Contract contract(int inputs) {
        Contract.Builder contract = Contract.newBuilder().setId("work" + inputs).setCapability("test.work");
        for (int i = 0; i < inputs; i++) {
            contract.addInputs(Port.newBuilder().setName("in" + i).setType("text"));
        }
        return contract.addOutputs(Port.newBuilder().setName("text").setType("text"))
                .build();
    }
}
