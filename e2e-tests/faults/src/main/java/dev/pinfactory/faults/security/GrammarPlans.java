package dev.pinfactory.faults.security;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.plan.PlanLimits;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Parameter;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.ParameterDefault;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.TaskInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans that are put together as a planner would: types and lists fit, so that most break no rule but the caller's, and many none. */
final class GrammarPlans {
    private static final int MAX_STEPS = 5;
    /** One plan in so many has as many steps as a plan may have. */
    private static final int MANY_IN = 60;

    private static final String GERMAN = "German";

    private final Random random;
    private final List<Contract> wanted;
    private final List<Feed> feeds = new ArrayList<>();
    private final Plan.Builder plan = Plan.newBuilder().setConfidence(0.9).setPlanner(Plan.Planner.ENCODER);

    /** Something that a port can be fed with. */
    private record Feed(Binding binding, String type, boolean many) {}

    private GrammarPlans(Random random, List<Contract> wanted) {
        this.random = random;
        this.wanted = wanted;
        feeds.add(new Feed(input("note", ""), "text", false));
        feeds.add(new Feed(input("notes", ""), "text", true));
        feeds.add(new Feed(input("record", "/name"), "text", false));
        feeds.add(new Feed(input("record", ""), "record", false));
        feeds.add(new Feed(input("scan", ""), "image", false));
        feeds.add(new Feed(words(0, GERMAN.length()), "text", false));
    }

    /** @param wanted the specialists that it uses */
    static Plan.Builder plan(Random random, List<Contract> wanted) {
        GrammarPlans grammar = new GrammarPlans(random, wanted);
        int steps = random.nextInt(MANY_IN) == 0 ? PlanLimits.DEFAULT.steps() : 1 + random.nextInt(MAX_STEPS);
        for (int i = 1; i <= steps; i++) {
            grammar.step("s" + i);
        }
        return grammar.plan;
    }

    static Binding input(String name, String pointer) {
        return Binding.newBuilder()
                .setTaskInput(TaskInput.newBuilder().setName(name).setPointer(pointer))
                .build();
    }

    static Binding output(String step, String output) {
        return Binding.newBuilder()
                .setStepOutput(StepOutput.newBuilder().setStep(step).setOutput(output))
                .build();
    }

    private static Binding words(int start, int end) {
        return Binding.newBuilder()
                .setInstruction(InstructionSpan.newBuilder().setStart(start).setEnd(end))
                .build();
    }

    private void step(String id) {
        Contract contract = wanted.get(random.nextInt(wanted.size()));
        Step.Builder step = Step.newBuilder()
                .setId(id)
                .setSpecialist(contract.getId())
                .setContractDigest(Digests.of(contract))
                .setDeliverable(true)
                .setRequired(random.nextInt(5) == 0)
                .setConfidence(random.nextDouble());
        for (Port port : contract.getInputsList()) {
            if (!port.getOptional() || random.nextBoolean()) {
                feed(step, port);
            }
        }
        for (Parameter parameter : contract.getParametersList()) {
            if (parameter.getRequired() || random.nextBoolean()) {
                step.addParameters(ParameterBinding.newBuilder()
                        .setParameter(parameter.getName())
                        .setSource(parameter(parameter)));
            }
        }
        fallbacks(step, contract);
        if (plan.getStepsCount() > 0 && random.nextInt(5) == 0) {
            Step before = plan.getSteps(random.nextInt(plan.getStepsCount()));
            step.setWhen(Condition.newBuilder()
                    .setOutput(StepOutput.newBuilder()
                            .setStep(before.getId())
                            .setOutput(out(before.getSpecialist()).getName()))
                    .setOperator(Condition.Operator.EXISTS));
        }
        plan.addSteps(step);
        Port out = out(contract.getId());
        boolean many = out.getCardinality() == Port.Cardinality.MANY
                || !step.getForEach().isEmpty();
        feeds.add(new Feed(output(id, out.getName()), out.getType(), many));
        plan.addOutput(OutputMapping.newBuilder()
                .setTarget("/" + id)
                .setConfidence(1)
                .addSources(StepOutput.newBuilder().setStep(id).setOutput(out.getName())));
    }

    private static Port out(String specialist) {
        return DoorContracts.of(specialist).getOutputs(0);
    }

    private void feed(Step.Builder step, Port port) {
        boolean list = port.getCardinality() == Port.Cardinality.MANY;
        boolean each =
                !list && step.getForEach().isEmpty() && !step.getSpecialist().equals("split") && random.nextInt(4) == 0;
        List<Feed> fitting = feeds.stream()
                .filter(feed -> port.getType().equals("any") || feed.type().equals(port.getType()))
                .filter(feed -> list || feed.many() == each)
                .toList();
        Feed chosen = fitting.get(random.nextInt(fitting.size()));
        InputBinding.Builder binding =
                InputBinding.newBuilder().setPort(port.getName()).addSources(chosen.binding());
        int more = list ? random.nextInt(4) : 0;
        for (int i = 0; i < more; i++) {
            binding.addSources(fitting.get(random.nextInt(fitting.size())).binding());
        }
        step.addInputs(binding);
        if (each) {
            step.setForEach(port.getName());
        }
    }

    private Binding parameter(Parameter parameter) {
        return switch (parameter.getKind()) {
            case LANGUAGE -> span(GERMAN, InstructionSpan.Normalizer.LANGUAGE);
            case ENUM -> random.nextBoolean() ? byDefault() : span("formal", InstructionSpan.Normalizer.ENUM);
            case INTEGER -> random.nextBoolean() ? byDefault() : span("12", InstructionSpan.Normalizer.INTEGER);
            case DATE -> span("2024-03-05", InstructionSpan.Normalizer.DATE);
            default ->
                random.nextBoolean()
                        ? feeds.get(0).binding()
                        : span("Ann", InstructionSpan.Normalizer.NORMALIZER_UNSPECIFIED);
        };
    }

    private static Binding byDefault() {
        return Binding.newBuilder()
                .setParameterDefault(ParameterDefault.getDefaultInstance())
                .build();
    }

    private static Binding span(String words, InstructionSpan.Normalizer normalizer) {
        int start = AttackedTasks.WORDS.indexOf(words);
        return Binding.newBuilder()
                .setInstruction(InstructionSpan.newBuilder()
                        .setStart(start)
                        .setEnd(start + words.length())
                        .setNormalizer(normalizer))
                .build();
    }

    private void fallbacks(Step.Builder step, Contract contract) {
        if (random.nextInt(4) > 0) {
            return;
        }
        if (contract.getId().equals("echo")) {
            step.addFallbacks(Fallback.newBuilder()
                    .setSpecialist("mirror")
                    .setContractDigest(Digests.of(DoorContracts.MIRROR))
                    .putPorts("text", random.nextInt(3) > 0 ? "body" : "result"));
        }
        step.addFallbacks(Fallback.newBuilder()
                .setSpecialist("model")
                .setContractDigest(Digests.of(DoorContracts.MODEL))
                .putPorts("text", "text"));
    }
}
