package dev.pinfactory.faults.swarm;

import com.google.protobuf.Duration;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskInput;

/** Tasks with their plan, so that no router is asked: steps that hand one text on. */
public final class Tasks {
    /** The step of the other specialist. */
    static final String OTHER = "other";

    private static final long TIMEOUT_SECONDS = 600;

    private Tasks() {}

    /** A task whose merged result is its key. */
    public static Task of(String key, int steps) {
        return Task.newBuilder()
                .setInstruction("give this back")
                .putLabels(StoredReader.KEY_LABEL, key)
                .addInputs(Artifact.newBuilder().setName("note").setType("text").setText(key))
                .setConstraints(Constraints.newBuilder()
                        .setTimeout(Duration.newBuilder().setSeconds(TIMEOUT_SECONDS)))
                .setPlan(plan(steps))
                .build();
    }

    /** Of who runs the steps. */
    public static Contract contract() {
        return EchoSpecialist.CONTRACT;
    }

    private static Plan plan(int steps) {
        Plan.Builder plan = Plan.newBuilder().setPlanner(Plan.Planner.CALLER);
        Binding source = Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName("note"))
                .build();
        for (int i = 1; i <= steps; i++) {
            plan.addSteps(Step.newBuilder()
                    .setId("s" + i)
                    .setSpecialist(EchoSpecialist.CONTRACT.getId())
                    .setContractDigest(Digests.of(EchoSpecialist.CONTRACT))
                    .setDeliverable(i == steps)
                    .setRequired(true)
                    .addInputs(InputBinding.newBuilder().setPort("text").addSources(source)));
            source = Binding.newBuilder().setStepOutput(output(i)).build();
        }
        return plan.addOutput(OutputMapping.newBuilder().setTarget("/text").addSources(output(steps)))
                .build();
    }

    /** A task with two deliverables that do not need each other: one of the echo, one of another specialist, which may take so long. */
    static Task beside(String key, Contract other, Duration atMost) {
        return of(key, 1).toBuilder()
                .setConstraints(Constraints.newBuilder().setTimeout(atMost))
                .setPlan(plan(1).toBuilder()
                        .setSteps(0, plan(1).getSteps(0).toBuilder().setRequired(false))
                        .addSteps(Step.newBuilder()
                                .setId(OTHER)
                                .setSpecialist(other.getId())
                                .setContractDigest(Digests.of(other))
                                .setDeliverable(true)
                                .addInputs(InputBinding.newBuilder()
                                        .setPort("text")
                                        .addSources(Binding.newBuilder()
                                                .setTaskInput(
                                                        TaskInput.newBuilder().setName("note")))))
                        .addOutput(OutputMapping.newBuilder()
                                .setTarget("/other")
                                .addSources(
                                        StepOutput.newBuilder().setStep(OTHER).setOutput("text"))))
                .build();
    }

    private static StepOutput output(int step) {
        return StepOutput.newBuilder().setStep("s" + step).setOutput("text").build();
    }
}
