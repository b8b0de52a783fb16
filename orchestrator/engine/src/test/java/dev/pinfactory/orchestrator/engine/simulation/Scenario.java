package dev.pinfactory.orchestrator.engine.simulation;

import dev.pinfactory.orchestrator.engine.Budget;
import dev.pinfactory.orchestrator.engine.ExecutionRequest;
import dev.pinfactory.orchestrator.engine.ExecutionSettings;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.ArtifactList;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.CallContext;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random plan with random settings, inputs and deadline. The same seed gives the same scenario. */
record Scenario(ExecutionRequest request, ExecutionSettings settings) {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_STEPS = 8;

    static Scenario random(SplittableRandom random) {
        Plan plan = plan(random);
        int documents = random.nextInt(6) == 0 ? random.nextInt(40) : random.nextInt(6);
        ArtifactList.Builder list = ArtifactList.newBuilder();
        for (int i = 0; i < documents; i++) {
            list.addItems(Artifact.newBuilder().setType("text").setText("document " + i));
        }
        List<Artifact> inputs = List.of(
                Artifact.newBuilder()
                        .setName("letter")
                        .setType("text")
                        .setText("the letter")
                        .build(),
                Artifact.newBuilder()
                        .setName("pile")
                        .setType("text")
                        .setItems(list)
                        .build());
        Instant deadline = START.plusMillis(20 + random.nextInt(random.nextInt(5) == 0 ? 100 : 2_000));
        ExecutionRequest request = new ExecutionRequest(
                CallContext.newBuilder().setTaskId("task").build(),
                plan,
                Specialists.CONTRACTS,
                "",
                inputs,
                Specialists.VERSIONS,
                deadline);
        return new Scenario(request, settings(random));
    }

    private static ExecutionSettings settings(SplittableRandom random) {
        long maxCalls = random.nextInt(10) == 0 ? random.nextInt(8) : 10_000;
        return new ExecutionSettings(
                random.nextBoolean(),
                random.nextInt(6) != 0,
                0.5,
                1 + random.nextInt(4),
                30,
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                Budget.of(maxCalls, Long.MAX_VALUE));
    }

    private static Plan plan(SplittableRandom random) {
        Plan.Builder plan = Plan.newBuilder();
        int steps = 1 + random.nextInt(MAX_STEPS);
        for (int i = 0; i < steps; i++) {
            plan.addSteps(step(random, plan, i));
        }
        int sure = random.nextInt(steps);
        plan.setSteps(sure, plan.getSteps(sure).toBuilder().setDeliverable(true));
        return plan.build();
    }

    private static Step step(SplittableRandom random, Plan.Builder before, int index) {
        Step.Builder step = Step.newBuilder()
                .setId("s" + index)
                .setDeliverable(random.nextBoolean())
                .setRequired(random.nextInt(8) == 0);
        if (random.nextInt(6) == 0) {
            join(random, before, step);
        } else {
            work(random, before, step);
        }
        if (index > 0 && random.nextInt(5) == 0) {
            step.setWhen(condition(random, before));
        }
        return step.build();
    }

    private static void join(SplittableRandom random, Plan.Builder before, Step.Builder step) {
        step.setSpecialist("join");
        InputBinding.Builder input = InputBinding.newBuilder().setPort("in0");
        int sources = 1 + random.nextInt(3);
        for (int i = 0; i < sources; i++) {
            input.addSources(random.nextBoolean() ? single(random, before) : list(random, before));
        }
        step.addInputs(input);
        if (random.nextInt(3) == 0) {
            step.addFallbacks(Fallback.newBuilder()
                    .setSpecialist("spare-join")
                    .putPorts("in0", "eats0")
                    .putPorts("out", "gives")
                    .putPorts("list", "rows"));
        }
    }

    private static void work(SplittableRandom random, Plan.Builder before, Step.Builder step) {
        int inputs = random.nextInt(Specialists.MAX_INPUTS + 1);
        step.setSpecialist((random.nextInt(4) == 0 ? "lax" : "work") + inputs);
        boolean iterated = inputs > 0 && random.nextInt(4) == 0;
        for (int i = 0; i < inputs; i++) {
            Binding source = iterated && i == 0 ? list(random, before) : single(random, before);
            step.addInputs(InputBinding.newBuilder().setPort("in" + i).addSources(source));
        }
        step.setForEach(iterated ? "in0" : "");
        for (int i = random.nextInt(3); i > 0; i--) {
            Fallback.Builder fallback = Fallback.newBuilder().setSpecialist("spare" + inputs);
            for (int port = 0; port < inputs; port++) {
                fallback.putPorts("in" + port, "eats" + port);
            }
            step.addFallbacks(fallback.putPorts("out", "gives").putPorts("list", "rows"));
        }
    }

    private static Condition condition(SplittableRandom random, Plan.Builder before) {
        Step source = before.getSteps(random.nextInt(before.getStepsCount()));
        return Condition.newBuilder()
                .setOutput(StepOutput.newBuilder().setStep(source.getId()).setOutput("out"))
                .setOperator(
                        switch (random.nextInt(3)) {
                            case 0 -> Condition.Operator.EXISTS;
                            case 1 -> Condition.Operator.EQUALS;
                            default -> Condition.Operator.NOT_EQUALS;
                        })
                .build();
    }

    private static Binding single(SplittableRandom random, Plan.Builder before) {
        List<Step> singles = new ArrayList<>();
        for (Step step : before.getStepsList()) {
            if (step.getForEach().isEmpty()) {
                singles.add(step);
            }
        }
        if (singles.isEmpty() || random.nextInt(4) == 0) {
            return taskInput("letter");
        }
        return output(singles.get(random.nextInt(singles.size())).getId(), "out");
    }

    private static Binding list(SplittableRandom random, Plan.Builder before) {
        if (before.getStepsCount() == 0 || random.nextInt(3) == 0) {
            return taskInput("pile");
        }
        Step source = before.getSteps(random.nextInt(before.getStepsCount()));
        return output(source.getId(), source.getForEach().isEmpty() ? "list" : "out");
    }

    private static Binding taskInput(String name) {
        return Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName(name))
                .build();
    }

    private static Binding output(String step, String output) {
        return Binding.newBuilder()
                .setStepOutput(StepOutput.newBuilder().setStep(step).setOutput(output))
                .build();
    }
}
