package dev.pinfactory.faults.security;

import static dev.pinfactory.faults.security.GrammarPlans.input;
import static dev.pinfactory.faults.security.GrammarPlans.output;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.Values;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.OutputMapping;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepOutput;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plans that are made to cost whoever reads them, by what is wrong with them; as bytes, as they come. */
final class PlanBombs {
    private static final Binding NOTE = input("note", "");
    private static final int BILLION = 1_000_000_000;

    private PlanBombs() {}

    static Map<String, ByteString> all() {
        Map<String, Plan.Builder> bombs = new LinkedHashMap<>();
        bombs.put("a step that needs itself", plan(echo("s0", output("s0", "text"))));
        bombs.put(
                "two steps that need each other",
                plan(echo("s0", output("s1", "text")), echo("s1", output("s0", "text"))));
        bombs.put("a circle of 64", chain(64, 64));
        bombs.put("64 steps that all need all", everyOther());
        bombs.put(
                "10,000 steps",
                plan(IntStream.range(0, 10_000)
                        .mapToObj(i -> echo("s" + i, NOTE))
                        .toArray(Step.Builder[]::new)));
        bombs.put("depth 1,000", chain(1_000, 0));
        bombs.put("depth 64", chain(64, 0));
        bombs.put("depth 17", chain(17, 0));
        bombs.put("fan-out 10,000", fan(10_000));
        bombs.put("fan-out 63", fan(63));
        bombs.put("fan-out 33", fan(33));
        bombs.put("a step that is not there", plan(echo("s0", output("ghost", "text"))));
        bombs.put("an output that is not there", plan(echo("s0", NOTE), echo("s1", output("s0", "ghost"))));
        bombs.put("an id twice", plan(echo("s0", NOTE), echo("s0", NOTE)));
        bombs.put(
                "64 steps of one id",
                plan(IntStream.range(0, 64)
                        .mapToObj(i -> echo("s", output("s", "text")))
                        .toArray(Step.Builder[]::new)));
        bombs.put("a specialist that looks like another", plan(echo("s0", NOTE).setSpecialist("есho")));
        bombs.put("an id that looks like another", plan(echo("s0", NOTE), echo("ѕ0", NOTE)));
        bombs.put("an id with a line end", plan(echo("s0\n", NOTE)));
        bombs.put("no id", plan(echo("", NOTE)));
        bombs.put("an id of 1 MB", plan(echo("x".repeat(1 << 20), NOTE)));
        bombs.put("words up to 10^9", plan(echo("s0", words(0, BILLION))));
        bombs.put("words from 10^9", plan(echo("s0", words(BILLION, BILLION + 1))));
        bombs.put(
                "one step for each of 10^9",
                plan(echo("s0", input("notes", "/" + BILLION)).setForEach("text")));
        bombs.put("10^9 in a field that nobody knows", plan(unknown(echo("s0", output("s0", "text")))));
        bombs.put("1,001 sources", plan(join("s0", 1_001)));
        bombs.put("10,000 sources", plan(join("s0", 10_000)));
        bombs.put(
                "64,000 sources",
                plan(IntStream.range(0, 64).mapToObj(i -> join("s" + i, 1_000)).toArray(Step.Builder[]::new)));
        bombs.put("1,000 outputs of 60 levels", outputs(1_000, "/a".repeat(60)));
        bombs.put(
                "4,000 sources of 60 levels",
                plan(IntStream.range(0, 4)
                        .mapToObj(i -> gathering(
                                "s" + i,
                                Collections.nCopies(1_000, input("record", "/a".repeat(60)))
                                        .toArray(Binding[]::new)))
                        .toArray(Step.Builder[]::new)));
        bombs.put(
                "a struct of 100,000 to compare with",
                plan(echo("s0", NOTE), echo("s1", NOTE).setWhen(struct())));
        bombs.put("10,000 outputs", outputs(10_000, "/x"));
        bombs.put("outputs inside each other", nested());
        bombs.put("a pointer of 500 tokens", outputs(1, "/a".repeat(500)));
        bombs.put("a pointer of 5 MB", outputs(1, "/a".repeat(2_500_000)));
        bombs.put(
                "5 MB to compare with",
                plan(echo("s0", NOTE), echo("s1", NOTE).setWhen(comparing("x".repeat(5_000_000)))));
        bombs.put("a digest of 5 MB", outputs(1, "/x").setCatalogDigest("x".repeat(5_000_000)));
        bombs.put("100,000 names of ports", plan(renamed()));
        bombs.put("9 stand-ins", plan(standIns(9)));
        bombs.put("100,000 stand-ins", plan(standIns(100_000)));
        bombs.put("100,000 times unmet", unmet());
        bombs.put("nothing", Plan.newBuilder());
        Map<String, ByteString> bytes = new LinkedHashMap<>();
        bombs.forEach((name, plan) -> bytes.put(name, plan.build().toByteString()));
        return bytes;
    }

    private static Plan.Builder plan(Step.Builder... steps) {
        Plan.Builder plan = Plan.newBuilder();
        for (Step.Builder step : steps) {
            plan.addSteps(step);
        }
        return plan.addOutput(mapping("/x"));
    }

    private static OutputMapping mapping(String target) {
        return OutputMapping.newBuilder()
                .setTarget(target)
                .addSources(StepOutput.newBuilder().setStep("s0").setOutput("text"))
                .build();
    }

    static Step.Builder echo(String id, Binding source) {
        return step(id, DoorContracts.ECHO)
                .addInputs(InputBinding.newBuilder().setPort("text").addSources(source));
    }

    private static Step.Builder step(String id, Contract contract) {
        return Step.newBuilder()
                .setId(id)
                .setSpecialist(contract.getId())
                .setContractDigest(Digests.of(contract))
                .setDeliverable(true);
    }

    static Step.Builder join(String id, int sources) {
        return gathering(id, Collections.nCopies(sources, NOTE).toArray(Binding[]::new));
    }

    static Step.Builder gathering(String id, Binding... sources) {
        return step(id, DoorContracts.JOIN)
                .addInputs(InputBinding.newBuilder().setPort("parts").addAllSources(List.of(sources)));
    }

    /** @param closedAt the first needs the last where the plan has as many steps */
    static Plan.Builder chain(int steps, int closedAt) {
        Plan.Builder plan = Plan.newBuilder();
        for (int i = 0; i < steps; i++) {
            boolean last = i == steps - 1;
            Binding source = last && steps != closedAt ? NOTE : output("s" + (i + 1) % steps, "text");
            plan.addSteps(echo("s" + i, source));
        }
        return plan.addOutput(mapping("/x"));
    }

    static Plan.Builder fan(int users) {
        Plan.Builder plan = plan(echo("s0", NOTE));
        for (int i = 1; i <= users; i++) {
            plan.addSteps(echo("s" + i, output("s0", "text")));
        }
        return plan;
    }

    private static Plan.Builder everyOther() {
        Plan.Builder plan = plan();
        for (int i = 0; i < 64; i++) {
            InputBinding.Builder all = InputBinding.newBuilder().setPort("parts");
            for (int j = 0; j < 64; j++) {
                all.addSources(output("s" + j, "text"));
            }
            plan.addSteps(step("s" + i, DoorContracts.JOIN).addInputs(all));
        }
        return plan;
    }

    private static Binding words(int start, int end) {
        return Binding.newBuilder()
                .setInstruction(InstructionSpan.newBuilder().setStart(start).setEnd(end))
                .build();
    }

    private static Step.Builder unknown(Step.Builder step) {
        return step.setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder().addVarint(BILLION).build())
                .build());
    }

    private static Plan.Builder outputs(int count, String target) {
        Plan.Builder plan = Plan.newBuilder().addSteps(echo("s0", NOTE));
        for (int i = 0; i < count; i++) {
            plan.addOutput(mapping(count == 1 ? target : target + i));
        }
        return plan;
    }

    private static Plan.Builder nested() {
        Plan.Builder plan = Plan.newBuilder().addSteps(echo("s0", NOTE));
        for (int i = 0; i < 500; i++) {
            plan.addOutput(mapping("/a".repeat(1 + i % 100)));
        }
        return plan;
    }

    private static Condition comparing(String value) {
        return Condition.newBuilder()
                .setOutput(StepOutput.newBuilder().setStep("s0").setOutput("text"))
                .setOperator(Condition.Operator.EQUALS)
                .setValue(Values.of(value))
                .build();
    }

    private static Condition struct() {
        Struct.Builder struct = Struct.newBuilder();
        for (int i = 0; i < 100_000; i++) {
            struct.putFields("field " + i, Values.of(i));
        }
        return comparing("").toBuilder()
                .setOperator(Condition.Operator.IN)
                .setValue(Values.of(List.of(Values.of(struct.build()))))
                .build();
    }

    private static Step.Builder renamed() {
        Fallback.Builder fallback = Fallback.newBuilder().setSpecialist("mirror");
        for (int i = 0; i < 100_000; i++) {
            fallback.putPorts("port " + i, "text");
        }
        return echo("s0", NOTE).addFallbacks(fallback);
    }

    private static Step.Builder standIns(int count) {
        return echo("s0", NOTE)
                .addAllFallbacks(Collections.nCopies(
                        count, Fallback.newBuilder().setSpecialist("mirror").build()));
    }

    private static Plan.Builder unmet() {
        return outputs(1, "/x")
                .addAllUnmet(Collections.nCopies(
                        100_000, UnmetRequest.newBuilder().setText("no").build()));
    }
}
