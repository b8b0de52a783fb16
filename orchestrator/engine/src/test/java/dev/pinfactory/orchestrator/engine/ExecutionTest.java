package dev.pinfactory.orchestrator.engine;

import static dev.pinfactory.orchestrator.engine.Plans.input;
import static dev.pinfactory.orchestrator.engine.Plans.letter;
import static dev.pinfactory.orchestrator.engine.Plans.output;
import static dev.pinfactory.orchestrator.engine.Plans.step;
import static dev.pinfactory.orchestrator.engine.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.v1.Artifact;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputBinding;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.TaskResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one event after the other leads to: order, outcomes, fallbacks, conditions, data classes, status. */
class ExecutionTest {
    private static final Fallback SPARE = Fallback.newBuilder()
            .setSpecialist("spare")
            .putPorts("in", "food")
            .putPorts("out", "made")
            .build();

    @Test
    void stepStartsTheMomentItsOwnInputsAreThere() {
        Driver run = Driver.of(step("a"), step("b"), step("c", output("a")), extra(step("d", output("a")), "b"))
                .start();

        assertThat(run.calls()).containsExactly("a", "b");
        run.answer("a", "A");
        assertThat(run.calls()).as("c does not wait for b").containsExactly("b", "c");
        run.answer("c", "C").answer("b", "B");
        assertThat(run.calls()).containsExactly("d");
        assertThat(run.call("d").request().getInputsList())
                .extracting(Artifact::getName, Artifact::getText)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("in", "A"),
                        org.assertj.core.groups.Tuple.tuple("extra", "B"));
        run.answer("d", "D");
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(run.endedSteps()).containsExactly("a", "c", "b", "d");
    }

    @Test
    void callSaysForWhomItIsMade() {
        Driver run = Driver.of(step("a")).start();

        assertThat(run.call("a").request().getContext())
                .hasToString("tenant: \"local\"\ntask_id: \"task\"\nstep: \"a\"\n");
    }

    @Test
    void fallbackTakesOverUnderItsOwnNames() {
        Driver run = Driver.of(step("a").addFallbacks(SPARE)).start();

        run.fail("a", ErrorCode.SPECIALIST_UNAVAILABLE);
        assertThat(run.call("a").request().getSpecialist()).isEqualTo("spare");
        assertThat(run.call("a").request().getInputs(0).getName()).isEqualTo("food");
        run.answer("a", text("made", "spared"));

        assertThat(run.outcome("a")).isEqualTo(new StepOutcome.Succeeded(List.of(text("out", "spared"))));
        assertThat(run.record("a").report().getSpecialist()).isEqualTo("spare");
        assertThat(run.record("a").report().getAttemptsList())
                .extracting(attempt -> attempt.getSpecialist() + " " + attempt.getOutcome() + " " + attempt.getCode())
                .containsExactly("work FAILED SPECIALIST_UNAVAILABLE", "spare SUCCEEDED ");
    }

    @Test
    void lowConfidenceGoesToTheFallbackAndIsUsedWhenNothingIsBetter() {
        Driver run = Driver.of(step("a").addFallbacks(SPARE)).start();

        run.answer("a", "unsure", 0.4);
        assertThat(run.calls()).containsExactly("a");
        run.fail("a", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.outcome("a")).isInstanceOf(StepOutcome.Succeeded.class);
        assertThat(run.record("a").report().getConfidence()).isEqualTo(0.4);
        assertThat(run.record("a").report().getSpecialist()).isEqualTo("work");
        assertThat(run.record("a").report().getAttempts(0).getCode()).isEqualTo("LOW_CONFIDENCE");
    }

    @Test
    void abstentionKeepsTheBestGuessAndFeedsNobody() {
        Driver run = Driver.of(step("a").addFallbacks(SPARE), step("b", output("a")), step("c"))
                .start();

        run.answer("c", "C").abstain("a", "too blurred", text("out", "maybe"));
        run.abstain("a", "can't say");

        assertThat(run.outcome("a")).isEqualTo(new StepOutcome.Abstained("can't say", List.of(text("out", "maybe"))));
        assertThat(run.outcome("b")).isEqualTo(new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, "a"));
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
    }

    /** It would be carried as far as the answer to the caller, who could not be told it. */
    @Test
    void answerWithANumberThatIsNoneIsAFailure() {
        Driver run = Driver.of(step("a")).start();
        Value nan = Value.newBuilder().setNumberValue(Double.NaN).build();
        run.answer("a", text("out", "x").toBuilder().setJson(nan).build());
        assertThat(run.outcome("a")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_OUTPUT_INVALID);
            assertThat(failed.detail()).contains("at json a number that JSON can't say");
        });
    }

    @Test
    void answerOfTheWrongShapeIsAFailure() {
        Driver run = Driver.of(step("a").addFallbacks(SPARE)).start();

        run.answer("a", text("out", "x").toBuilder().setType("image").build());
        run.answer("a", text("elsewhere", "x"));

        assertThat(run.outcome("a")).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.SPECIALIST_OUTPUT_INVALID);
            assertThat(failed.detail()).contains("spare", "'out' is missing");
        });
    }

    @Test
    void impossibleConfidenceIsAFailure() {
        for (double confidence : new double[] {Double.NaN, -0.1, 1.5}) {
            Driver run = Driver.of(step("a")).start().answer("a", "x", confidence);

            assertThat(run.outcome("a")).isInstanceOf(StepOutcome.Failed.class);
        }
    }

    @Test
    void falseConditionSkipsWithoutMakingTheResultPartial() {
        Driver run = Driver.of(step("a"), step("b").setWhen(when("a", "yes")), step("c", output("b")))
                .start();

        run.answer("a", "no");

        assertThat(run.outcome("b"))
                .isInstanceOfSatisfying(
                        StepOutcome.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.CONDITION));
        assertThat(run.outcome("c")).isEqualTo(new StepOutcome.Skipped(SkipReason.UPSTREAM_CONDITION, "b"));
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.COMPLETE);
    }

    @Test
    void trueConditionRunsTheStep() {
        Driver run = Driver.of(step("a"), step("b").setWhen(when("a", "yes"))).start();

        run.answer("a", "yes");

        assertThat(run.calls()).containsExactly("b");
    }

    @Test
    void conditionOnAFailedStepIsACause() {
        Driver run = Driver.of(step("a"), step("b").setWhen(when("a", "yes"))).start();

        run.fail("a", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.outcome("b")).isEqualTo(new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, "a"));
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.FAILED);
    }

    @Test
    void optionalInputIsLeftOutWhenItsStepFailed() {
        Driver run = Driver.of(step("a"), extra(step("b"), "a")).start();

        run.fail("a", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.call("b").request().getInputsList())
                .extracting(Artifact::getName)
                .containsExactly("in");
    }

    @Test
    void requiredFailureEndsTheTaskAndCancelsTheRest() {
        Driver run = Driver.of(step("a").setRequired(true), step("b")).start();

        run.fail("a", ErrorCode.SPECIALIST_TIMEOUT);

        assertThat(run.cancelled()).containsExactly("b");
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(run.ending().error().orElseThrow().getCode()).isEqualTo("SPECIALIST_TIMEOUT");
        assertThat(run.ending().error().orElseThrow().getStep()).isEqualTo("a");
        assertThat(run.outcome("b")).isEqualTo(new StepOutcome.Cancelled());
    }

    @Test
    void withoutPartialResultsEveryDeliverableIsRequired() {
        ExecutionSettings whole = ExecutionSettings.defaults()
                .with(dev.pinfactory.proto.v1.Constraints.newBuilder()
                        .setAllowPartial(false)
                        .build());
        Driver run = Driver.of(step("a"), step("b")).settings(whole).start();

        run.abstain("a", "no idea");

        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.FAILED);
        assertThat(run.ending().error().orElseThrow().getMessage()).contains("no idea");
    }

    @Test
    void skippedRequiredStepIsBlamedOnItsCause() {
        Driver run = Driver.of(
                        step("a").setDeliverable(false), step("b", output("a")).setRequired(true))
                .start();

        run.fail("a", ErrorCode.SPECIALIST_OVERLOADED);

        assertThat(run.ending().error().orElseThrow().getStep()).isEqualTo("a");
        assertThat(run.ending().error().orElseThrow().getCode()).isEqualTo("SPECIALIST_OVERLOADED");
    }

    @Test
    void oneOfTwoDeliverablesIsPartialNoneIsFailed() {
        Driver one = Driver.of(step("a"), step("b")).start();
        one.answer("a", "A").fail("b", ErrorCode.SPECIALIST_FAILED);
        Driver none = Driver.of(step("a"), step("b")).start();
        none.fail("a", ErrorCode.SPECIALIST_FAILED).fail("b", ErrorCode.SPECIALIST_FAILED);

        assertThat(one.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
        assertThat(none.ending().status()).isEqualTo(TaskResult.Status.FAILED);
    }

    @Test
    void unmetRequestMakesTheResultPartial() {
        Driver run = Driver.of(step("a")).unmet("and sing it").start().answer("a", "A");

        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.PARTIAL);
    }

    @Test
    void cancellationReachesEverythingInFlight() {
        Driver run = Driver.of(step("a"), step("b"), step("c", output("a"))).start();

        run.cancel();

        assertThat(run.cancelled()).containsExactlyInAnyOrder("a", "b");
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.CANCELLED);
        assertThat(run.ending().error().orElseThrow().getMessage()).isEqualTo("changed my mind");
        assertThat(run.record("c").report().getOutcome()).isEqualTo(StepReport.Outcome.CANCELLED);
        assertThat(run.cancel().calls()).isEmpty();
    }

    @Test
    void lateDuplicateAndUnknownEventsChangeNothing() {
        Driver run =
                Driver.of(step("a").addFallbacks(SPARE), step("b", output("a"))).start();
        Action.Call first = run.call("a");
        run.fail("a", ErrorCode.SPECIALIST_FAILED);

        assertThat(run.on(new Event.CallFailed(Driver.START, first.id(), ErrorCode.INTERNAL, "again")))
                .isEmpty();
        assertThat(run.on(new Event.CallFailed(Driver.START, CallId.single("x", 0), ErrorCode.INTERNAL, "")))
                .isEmpty();
        assertThat(run.on(new Event.Committed(Driver.START, "x", java.util.OptionalInt.of(3))))
                .isEmpty();
        assertThat(run.on(new Event.Started(Driver.START))).isEmpty();
        run.answer("a", text("made", "A")).answer("b", "B");
        assertThat(run.ending().status()).isEqualTo(TaskResult.Status.COMPLETE);
        assertThat(run.on(new Event.CancelRequested(Driver.START, "late"))).isEmpty();
    }

    @Test
    void abandonedExecutionCancelsAndSaysNothing() {
        Driver run = Driver.of(step("a")).start();

        run.on(new Event.Abandoned(Driver.START));

        assertThat(run.cancelled()).containsExactly("a");
        assertThat(run.isEnded()).isFalse();
        assertThat(run.on(new Event.Tick(Driver.START.plusSeconds(60)))).isEmpty();
    }

    @Test
    void pointerPicksAFieldAndANullFeedsNobody() {
        Step.Builder reader = step("read").setSpecialist("read");
        Driver run = Driver.of(reader, step("a", output("read", "/na~1me")), step("b", output("read", "/none")))
                .start();

        run.answer("read", fields());

        assertThat(run.call("a").request().getInputs(0).getText()).isEqualTo("Ada");
        run.answer("a", "A");
        assertThat(run.outcome("b")).isEqualTo(new StepOutcome.Skipped(SkipReason.UPSTREAM_FAILED, "read /none"));
    }

    @Test
    void pointerIntoNowhereOfATaskInputIsTheCallersFault() {
        Driver run = Driver.of(step("a", input("form", "/missing")))
                .inputs(fields().toBuilder().setName("form").build())
                .start();

        assertThat(run.outcome("a"))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void parametersComeFromWordsAndDefaults() {
        Step.Builder tuned = step("a")
                .setSpecialist("tuned")
                .addParameters(ParameterBinding.newBuilder()
                        .setParameter("count")
                        .setSource(dev.pinfactory.proto.v1.Binding.newBuilder()
                                .setInstruction(InstructionSpan.newBuilder()
                                        .setStart(5)
                                        .setEnd(10)
                                        .setNormalizer(InstructionSpan.Normalizer.INTEGER))));
        Driver run = Driver.of(tuned).instruction("👍 in three words").start();

        assertThat(run.call("a").request().getParametersMap())
                .containsEntry("count", Value.newBuilder().setNumberValue(3).build())
                .containsEntry(
                        "style", Value.newBuilder().setStringValue("plain").build());
    }

    @Test
    void specialistNeverSeesADataClassThatItMayNot() {
        Artifact secret =
                text("diary", "dear me").toBuilder().addDataClasses("personal").build();
        Driver run = Driver.of(
                        step("open", input("diary")),
                        step("sealed", input("diary")).setSpecialist("secretive"),
                        step("after", output("sealed")))
                .inputs(secret)
                .start();

        assertThat(run.calls()).containsExactly("sealed");
        run.answer("sealed", "cleared");
        assertThat(run.calls()).as("the class was cleared").containsExactly("after");
        run.answer("after", "fine");
        assertThat(run.outcome("open"))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }

    @Test
    void dataClassesArePropagated() {
        Artifact secret =
                text("diary", "dear me").toBuilder().addDataClasses("personal").build();
        Driver run = Driver.of(extra(step("a").setSpecialist("secretive"), "x"), step("x"))
                .inputs(secret)
                .start();
        assertThat(run.calls()).containsExactly("x");
        run.answer(
                "x", text("out", "X").toBuilder().addDataClasses("confidential").build());

        assertThat(run.outcome("a")).isInstanceOf(StepOutcome.Failed.class);
        assertThat(run.record("a").report().getDetail()).contains("confidential");
    }

    @Test
    void planThatValidationWouldRefuseIsRefusedHereToo() {
        assertThatThrownBy(() -> Driver.of(step("a", output("b")), step("b", output("a")))
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cycle");
        assertThatThrownBy(() -> Driver.of(step("a"), step("a")).start()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Driver.of(step("a", output("b"))).start())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Driver.of(step("a", letter()).setSpecialist("gone"))
                        .start()
                        .ending()
                        .status())
                .isEqualTo(TaskResult.Status.FAILED);
    }

    private static Step.Builder extra(Step.Builder step, String source) {
        return step.addInputs(InputBinding.newBuilder().setPort("extra").addSources(output(source)));
    }

    private static Condition when(String step, String value) {
        return Condition.newBuilder()
                .setOutput(output(step).getStepOutput())
                .setOperator(Condition.Operator.EQUALS)
                .setValue(Value.newBuilder().setStringValue(value))
                .build();
    }

    private static Artifact fields() {
        return Artifact.newBuilder()
                .setName("out")
                .setType("fields")
                .setConfidence(1)
                .setJson(Value.newBuilder()
                        .setStructValue(Struct.newBuilder()
                                .putFields(
                                        "na/me",
                                        Value.newBuilder().setStringValue("Ada").build())
                                .putFields(
                                        "none",
                                        Value.newBuilder().setNullValueValue(0).build())))
                .build();
    }
}
