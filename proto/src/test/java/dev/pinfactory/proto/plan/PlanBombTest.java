package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Plans.fromInput;
import static dev.pinfactory.proto.plan.Plans.fromStep;
import static dev.pinfactory.proto.plan.Plans.mapping;
import static dev.pinfactory.proto.plan.Plans.step;
import static dev.pinfactory.proto.plan.Plans.translate;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import com.sun.management.ThreadMXBean;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans that are made to cost: refused within 10 ms and 1 MiB. */
class PlanBombTest {
    private static final int WARM_UP = 30;
    private static final int TRIES = 7;

    private final PlanValidator validator = new PlanValidator(Plans.CONTRACTS);

    static Stream<Arguments> bombs() {
        Binding scan = fromInput("scan");
        Plan.Builder tenThousand = Plan.newBuilder();
        Plan.Builder deep = Plan.newBuilder();
        Plan.Builder cyclic = Plan.newBuilder();
        Plan.Builder fan = Plan.newBuilder().addSteps(step("s", "ocr", scan));
        Plan.Builder dangling = Plan.newBuilder();
        for (int i = 0; i < 10_000; i++) {
            tenThousand.addSteps(step("s" + i, "ocr", scan));
        }
        for (int i = 0; i < 1_000; i++) {
            deep.addSteps(translate("s" + i, fromStep("s" + (i + 1), "")));
        }
        for (int i = 0; i < 64; i++) {
            cyclic.addSteps(everyOther(i, 64));
        }
        for (int i = 0; i < 63; i++) {
            fan.addSteps(translate("t" + i, fromStep("s", "")));
            dangling.addSteps(step(
                    "s",
                    "nobody",
                    Collections.nCopies(30, fromStep("ghost", "x")).toArray(Binding[]::new)));
        }
        Plan.Builder wide = Plan.newBuilder()
                .addSteps(step(
                        "s",
                        "join",
                        Collections.nCopies(10_000, fromInput("letter")).toArray(Binding[]::new)));
        Plan.Builder deepWithinTheStepCap = Plan.newBuilder();
        for (int i = 0; i < 64; i++) {
            deepWithinTheStepCap.addSteps(
                    translate("s" + i, i == 63 ? fromInput("letter") : fromStep("s" + (i + 1), "")));
        }
        Plan.Builder longNames = Plan.newBuilder().addSteps(step("x".repeat(1_000_000), "y".repeat(1_000_000), scan));
        Plan.Builder outputs = Plans.valid();
        for (int i = 0; i < 10_000; i++) {
            outputs.addOutput(mapping("fields", "/total", "/x" + i));
        }
        Plan.Builder pointer = Plans.valid().addOutput(mapping("fields", "", "/a".repeat(500)));
        Plan.Builder names = Plans.valid();
        Fallback.Builder renamed = names.getStepsBuilder(0).addFallbacksBuilder();
        for (int i = 0; i < 100_000; i++) {
            renamed.putPorts("port " + i, "q");
        }
        Plan.Builder values = Plans.valid();
        values.getStepsBuilder(1)
                .getWhenBuilder()
                .setOutput(Plans.output("ocr", ""))
                .setOperator(Condition.Operator.EQUALS)
                .setValue(Value.newBuilder().setStringValue("x".repeat(5_000_000)));
        return Stream.of(
                Arguments.of("5 MB to compare with", values.build()),
                Arguments.of(
                        "a digest of 2 MB",
                        Plans.valid().setCatalogDigest("x".repeat(2_000_000)).build()),
                Arguments.of("100,000 names of ports", names.build()),
                Arguments.of("10,000 steps", tenThousand.build()),
                Arguments.of("depth 1,000", deep.build()),
                Arguments.of("depth 64", deepWithinTheStepCap.build()),
                Arguments.of("64 steps that all need all", cyclic.build()),
                Arguments.of("fan-out 63", fan.build()),
                Arguments.of("10,000 sources", wide.build()),
                Arguments.of("dangling and duplicate", dangling.build()),
                Arguments.of("names of 1 MB", longNames.build()),
                Arguments.of("10,000 outputs", outputs.build()),
                Arguments.of("pointer of 500 tokens", pointer.build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bombsAreRefusedWithinTenMillisecondsAndOneMebibyte(String name, Plan bomb) {
        TaskShape task = Plans.task();
        for (int i = 0; i < WARM_UP; i++) {
            assertThat(validator.validate(bomb, task)).isNotEmpty();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        long nanos = Long.MAX_VALUE;
        // The best of a few tries: other work on the machine only ever makes it slower.
        for (int i = 0; i < TRIES; i++) {
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            validator.validate(bomb, task);
            nanos = Math.min(nanos, threads.getCurrentThreadCpuTime() - cpuBefore);
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - bytesBefore);
        }
        System.out.printf("%s: %.2f ms, %d KiB%n", name, nanos / 1e6, allocated >> 10);
        assertThat(nanos).isLessThanOrEqualTo(10_000_000);
        assertThat(allocated).isLessThanOrEqualTo(1 << 20);
    }

    private static Step.Builder everyOther(int id, int count) {
        Binding[] sources = new Binding[15];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = fromStep("s" + (id + i) % count, "");
        }
        return step("s" + id, "join", sources);
    }
}
