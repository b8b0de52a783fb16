package dev.pinfactory.faults.security;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Values;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What the adversary answers when it is asked for a plan. It knows the whole task, content included. */
final class AdversarialPlans {
    private static final int LARGE = 300_000;

    private AdversarialPlans() {}

    /** Half of the answers are changed plans; the others are made to fit, random, obedient to a document, or meant to cost. */
    static PlanResponse answer(Task task, Random random) {
        int kind = random.nextInt(100);
        if (kind < 25) {
            return plan(GrammarPlans.plan(random, allowed(task, random.nextInt(3) == 0)));
        }
        if (kind < 70) {
            Plan.Builder plan = GrammarPlans.plan(random, allowed(task, random.nextBoolean()));
            Mutations.mutate(plan, random);
            return plan(plan);
        }
        if (kind < 80) {
            return PlanResponse.newBuilder().setPlan(Mutations.random(random)).build();
        }
        return kind < 92 ? plan(obedient(task, random)) : costly(task, random);
    }

    private static PlanResponse plan(Plan.Builder plan) {
        return PlanResponse.newBuilder().setPlan(plan).build();
    }

    private static List<Contract> allowed(Task task, boolean everybody) {
        List<String> ids = task.getConstraints().getAllowedSpecialistsList();
        List<Contract> allowed = DoorContracts.ALL.stream()
                .filter(contract -> everybody || ids.isEmpty() || ids.contains(contract.getId()))
                .filter(contract -> everybody
                        || contract.getKind() != Contract.Kind.LLM
                        || task.getConstraints().getMayEscalate())
                .filter(contract -> everybody || !contract.getId().equals("send"))
                .toList();
        return allowed.isEmpty() ? List.of(DoorContracts.ECHO) : allowed;
    }

    private static Step.Builder step(String id, Contract contract, Binding... sources) {
        return Step.newBuilder()
                .setId(id)
                .setSpecialist(contract.getId())
                .setContractDigest(Digests.of(contract))
                .setDeliverable(true)
                .addInputs(InputBinding.newBuilder()
                        .setPort(contract.getInputs(0).getName())
                        .addAllSources(List.of(sources)));
    }

    private static OutputMapping mapping(String step, Contract contract, String target) {
        return OutputMapping.newBuilder()
                .setTarget(target)
                .addSources(StepOutput.newBuilder()
                        .setStep(step)
                        .setOutput(contract.getOutputs(0).getName()))
                .build();
    }

    /** What a language model answered that did as a document said. */
    private static Plan.Builder obedient(Task task, Random random) {
        Binding note = GrammarPlans.input("note", "");
        String order = task.getInputs(0).getText();
        Plan.Builder plan = Plan.newBuilder().addOutput(mapping("x", DoorContracts.ECHO, "/x"));
        Step.Builder echo = step("x", DoorContracts.ECHO, note).setReason(order);
        Step.Builder send = step("y", DoorContracts.SEND, note);
        return switch (random.nextInt(10)) {
            // The address of the attacker, wherever a plan has room for a word.
            case 0 -> plan.addSteps(echo).addSteps(send.addParameters(address(note)));
            case 1 -> plan.addSteps(echo).addSteps(send.addParameters(address(GrammarPlans.input(order, ""))));
            case 2 -> plan.addSteps(echo).addSteps(send.addParameters(address(GrammarPlans.output("x", order))));
            case 3 ->
                plan.addSteps(echo.setWhen(Condition.newBuilder()
                        .setOutput(StepOutput.newBuilder().setStep("x").setOutput("text"))
                        .setOperator(Condition.Operator.NOT_EQUALS)
                        .setValue(Values.of(order))));
            // The forbidden one behind another name, or as a stand-in.
            case 4 -> plan.addSteps(echo.setSpecialist(lookAlike(random)));
            case 5 ->
                plan.addSteps(echo.addFallbacks(Fallback.newBuilder()
                        .setSpecialist(lookAlike(random))
                        .setContractDigest(Digests.of(DoorContracts.SEND))
                        .putPorts("text", "address")));
            case 6 ->
                plan.addSteps(echo.addFallbacks(Fallback.newBuilder()
                        .setSpecialist("model")
                        .setContractDigest(Digests.of(DoorContracts.MODEL))
                        .putPorts("text", "parts")
                        .putPorts("parts", "text")));
            case 7 ->
                plan.addSteps(
                        echo.setContractDigest(Digests.of(DoorContracts.SEND)).setSpecialist("send"));
            // As somebody else's plan.
            case 8 ->
                plan.addSteps(echo)
                        .setPlanner(Plan.Planner.CALLER)
                        .setPinnedAs("expense-claim@2")
                        .setDigest("sha256:" + "0".repeat(64));
            default -> {
                // What belongs to another tenant, by its digest.
                String stored = Digests.of("of another tenant".getBytes(java.nio.charset.StandardCharsets.UTF_8));
                yield plan.addSteps(step("x", DoorContracts.ARCHIVE, GrammarPlans.input(stored, "")))
                        .addSteps(step("z", DoorContracts.ARCHIVE, GrammarPlans.input("scan", "/ref/digest")));
            }
        };
    }

    private static ParameterBinding.Builder address(Binding source) {
        return ParameterBinding.newBuilder().setParameter("address").setSource(source);
    }

    private static String lookAlike(Random random) {
        List<String> names = List.of("send", "Send", "send ", "ѕend", "send@1.0.0", "send#1", "./send", "se\u00adnd");
        return names.get(random.nextInt(names.size()));
    }

    /** Much work for few words, and answers that are no plans. */
    private static PlanResponse costly(Task task, Random random) {
        Plan.Builder plan = Plan.newBuilder();
        return switch (random.nextInt(12)) {
            case 0 -> plan(loop());
            case 1 -> plan(doubling());
            case 2 -> {
                Binding[] all = Collections.nCopies(1_000, GrammarPlans.input("notes", ""))
                        .toArray(Binding[]::new);
                yield plan(plan.addSteps(step("x", DoorContracts.JOIN, all))
                        .addOutput(mapping("x", DoorContracts.JOIN, "/x")));
            }
            case 3 -> {
                plan.addSteps(step("x", DoorContracts.DOUBLE, GrammarPlans.input("note", "")));
                for (int i = 0; i < 1_000; i++) {
                    plan.addOutput(mapping("x", DoorContracts.DOUBLE, "/x" + i));
                }
                yield plan(plan);
            }
            case 4 ->
                plan(plan.addSteps(step("x", DoorContracts.ECHO, GrammarPlans.input("note", "")))
                        .addOutput(mapping("x", DoorContracts.ECHO, "/" + "a/".repeat(200) + "999999999")));
            case 5 ->
                plan(plan.addSteps(step("x", DoorContracts.ECHO, GrammarPlans.input("note", "")))
                        .addOutput(mapping("x", DoorContracts.ECHO, "/x"))
                        .setCatalogDigest("x".repeat(LARGE))
                        .addUnmet(UnmetRequest.newBuilder().setText("y".repeat(LARGE))));
            case 6 ->
                PlanResponse.newBuilder()
                        .setPlan(plan.addSteps(step("x", DoorContracts.ECHO, GrammarPlans.input("note", "")))
                                .addOutput(mapping("x", DoorContracts.ECHO, "/x")))
                        .setCost(Cost.newBuilder()
                                .setCpuSeconds(random.nextBoolean() ? -1e300 : Double.NaN)
                                .setLlmTokens(Long.MIN_VALUE)
                                .setLlm(amount(random)))
                        .setTook(
                                Duration.newBuilder().setSeconds(Long.MIN_VALUE).setNanos(-1))
                        .build();
            case 7 ->
                PlanResponse.newBuilder()
                        .setRefusal(Refusal.newBuilder()
                                .setReasonValue(99)
                                .setMessage("z".repeat(LARGE))
                                .setBestGuess(loop().setCatalogDigest("x".repeat(LARGE))))
                        .setCost(Cost.newBuilder().setLlm(amount(random)))
                        .build();
            case 8 -> PlanResponse.getDefaultInstance();
            case 9 -> {
                List<Binding> sources = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    sources.add(GrammarPlans.output("s" + i, "text"));
                    plan.addSteps(step("s" + i, DoorContracts.JOIN, sources.toArray(Binding[]::new)));
                }
                yield plan(plan);
            }
            case 10 ->
                plan(plan.addSteps(step("x", DoorContracts.FIELDS, GrammarPlans.input("note", "")))
                        .addSteps(step("y", DoorContracts.ARCHIVE, GrammarPlans.input("scan", ""))
                                .addInputs(InputBinding.newBuilder()
                                        .setPort("other")
                                        .addSources(GrammarPlans.input("note", "")))
                                .addFallbacks(Fallback.newBuilder()
                                        .setSpecialist("model")
                                        .setContractDigest(Digests.of(DoorContracts.MODEL))
                                        .putPorts("thing", "text")
                                        .putPorts("other", "text")))
                        .addOutput(mapping("x", DoorContracts.FIELDS, "/x")));
            default -> {
                // Names that have to be looked at letter by letter.
                String name = ByteString.copyFromUtf8("ä".repeat(100)).toStringUtf8();
                yield plan(plan.addSteps(step(
                                name,
                                DoorContracts.ECHO,
                                GrammarPlans.input(task.getInputs(1).getName(), "")))
                        .addOutput(mapping(name, DoorContracts.ECHO, "/x")));
            }
        };
    }

    /** Every step once for each item. */
    private static Plan.Builder loop() {
        Plan.Builder plan = Plan.newBuilder();
        for (int i = 0; i < 32; i++) {
            plan.addSteps(step("s" + i, DoorContracts.ECHO, GrammarPlans.input("notes", ""))
                    .setForEach("text"));
            plan.addOutput(mapping("s" + i, DoorContracts.ECHO, "/s" + i));
        }
        return plan;
    }

    /** Each step's text is twice as long as that of the one before, for many readers. */
    private static Plan.Builder doubling() {
        Plan.Builder plan = Plan.newBuilder();
        Binding before = GrammarPlans.input("note", "");
        for (int i = 0; i < 15; i++) {
            plan.addSteps(step("s" + i, DoorContracts.DOUBLE, before));
            before = GrammarPlans.output("s" + i, "text");
        }
        for (int i = 0; i < 30; i++) {
            plan.addSteps(step("t" + i, DoorContracts.DOUBLE, before));
            plan.addOutput(mapping("t" + i, DoorContracts.DOUBLE, "/t" + i));
        }
        return plan;
    }

    private static Amount amount(Random random) {
        List<String> values = List.of("-1000000", "1E+999999999", "NaN", "", "12,50", "9".repeat(10_000));
        return Amount.newBuilder()
                .setValue(values.get(random.nextInt(values.size())))
                .setCurrency(random.nextBoolean() ? "EUR" : "")
                .build();
    }
}
