package dev.pinfactory.proto.plan;

import static dev.pinfactory.proto.plan.Plans.fromInput;
import static dev.pinfactory.proto.plan.Plans.fromStep;
import static dev.pinfactory.proto.plan.Plans.mapping;
import static dev.pinfactory.proto.plan.Plans.output;
import static dev.pinfactory.proto.plan.Plans.step;
import static dev.pinfactory.proto.plan.Plans.translate;
import static dev.pinfactory.proto.plan.Plans.valid;
import static dev.pinfactory.proto.plan.Plans.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Value;
import dev.pinfactory.proto.plan.Violation.Rule;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.ParameterBinding;
import dev.pinfactory.proto.v1.ParameterDefault;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanValidatorTest {
    private final PlanValidator validator = new PlanValidator(Plans.CONTRACTS);

    @Test
    void aPlanThatBreaksNoRuleHasNoViolations() {
        assertThat(check(valid())).isEmpty();
    }

    @Test
    void allViolationsAreReportedAtOnceWithStepAndField() {
        Plan.Builder plan = valid();
        plan.getStepsBuilder(0).setSpecialist("missing").setConfidence(Double.NaN);
        plan.getStepsBuilder(2).clearParameters();
        plan.addOutput(mapping("nowhere", "", "/x"));
        assertThat(check(plan))
                .extracting(Violation::step, Violation::field, Violation::rule)
                .containsExactlyInAnyOrder(
                        tuple("ocr", "confidence", Rule.RANGE),
                        tuple("ocr", "specialist", Rule.UNKNOWN_SPECIALIST),
                        tuple("translate", "parameters[language]", Rule.MISSING),
                        tuple("", "output[2].sources", Rule.UNKNOWN_REFERENCE));
    }

    @Test
    void aContractThatHasChangedIsNoticed() {
        Plan.Builder plan = valid();
        plan.getStepsBuilder(0).setContractDigest("sha256:" + "0".repeat(64));
        only(plan, Rule.CONTRACT_DIGEST, "ocr");
    }

    @Test
    void aCycleIsReportedWithTheStepsInIt() {
        Plan.Builder plan = valid();
        plan.setSteps(1, translate("fields", fromStep("translate", "")))
                .setSteps(2, translate("translate", fromStep("fields", "")))
                .setOutput(0, mapping("fields", "", "/total"));
        List<Violation> violations = check(plan);
        assertThat(violations).extracting(Violation::rule).containsExactly(Rule.CYCLE);
        assertThat(violations.getFirst().message()).contains("'fields'").contains("'translate'");
    }

    @Test
    void aStepThatNeedsItselfIsACycle() {
        Plan.Builder plan = valid();
        plan.setSteps(2, translate("translate", fromStep("translate", "")));
        only(plan, Rule.CYCLE, "translate");
    }

    @Test
    void idsAreUniquePlainNames() {
        Plan.Builder twice = valid();
        twice.getStepsBuilder(1).setId("ocr");
        assertThat(rules(twice)).contains(Rule.DUPLICATE);
        for (String id : List.of("", " ", "\u043e\u0441r", "a b", "-x", "x".repeat(129))) {
            Plan.Builder plan = valid();
            plan.addSteps(step(id, "ocr", fromInput("scan")));
            assertThat(rules(plan)).as("id '%s'", id).containsExactly(Rule.STEP_ID);
        }
    }

    @Test
    void portsAreKnownBoundOnceAndFed() {
        Plan.Builder unknown = valid();
        unknown.getStepsBuilder(0).getInputsBuilder(0).setPort("picture");
        assertThat(rules(unknown)).containsExactly(Rule.UNKNOWN_REFERENCE, Rule.MISSING);
        Plan.Builder twice = valid();
        twice.getStepsBuilder(0).addInputs(twice.getSteps(0).getInputs(0));
        only(twice, Rule.DUPLICATE, "ocr");
        Plan.Builder empty = valid();
        empty.getStepsBuilder(0).getInputsBuilder(0).clearSources();
        only(empty, Rule.MISSING, "ocr");
        Plan.Builder nothing = valid();
        nothing.getStepsBuilder(0).getInputsBuilder(0).setSources(0, Binding.getDefaultInstance());
        only(nothing, Rule.MISSING, "ocr");
    }

    @Test
    void typesAreCheckedAlongBindings() {
        Plan.Builder plan = valid();
        plan.setSteps(1, step("fields", "receipt-fields", fromInput("scan")).setDeliverable(true));
        only(plan, Rule.TYPE, "fields");
    }

    @Test
    void aPointerGoesIntoJsonOnlyAndToAPlaceThatExists() {
        Plan.Builder intoText = valid();
        intoText.setSteps(
                1, step("fields", "receipt-fields", fromStep("ocr", "/x")).setDeliverable(true));
        only(intoText, Rule.POINTER, "fields");
        Plan.Builder intoScalar = valid();
        intoScalar.setSteps(2, translate("translate", fromStep("fields", "/total/deeper")));
        only(intoScalar, Rule.POINTER, "translate");
        Plan.Builder malformed = valid();
        malformed.setSteps(2, translate("translate", fromStep("fields", "total")));
        only(malformed, Rule.POINTER, "translate");
    }

    @Test
    void aListIsTakenWholeOrIterated() {
        Plan.Builder list = valid();
        list.setSteps(0, step("ocr", "ocr", fromInput("scans")));
        only(list, Rule.CARDINALITY, "ocr");
        Plan.Builder iterated = valid();
        iterated.setSteps(0, step("ocr", "ocr", fromInput("scans")).setForEach("in"))
                .setSteps(
                        1,
                        step("fields", "receipt-fields", fromStep("ocr", ""))
                                .setForEach("in")
                                .setDeliverable(true))
                .setSteps(
                        2, translate("translate", fromStep("fields", "/total")).setForEach("in"));
        assertThat(check(iterated)).isEmpty();
        Plan.Builder gathered = valid();
        gathered.setSteps(0, step("ocr", "ocr", fromInput("scans")).setForEach("in"))
                .setSteps(
                        1,
                        step("fields", "join", fromStep("ocr", ""), fromInput("letter"))
                                .setDeliverable(true))
                .setSteps(2, translate("translate", fromStep("fields", "")))
                .setOutput(0, mapping("fields", "", "/total"));
        assertThat(rules(gathered)).containsOnly(Rule.DATA_CLASS);
    }

    @Test
    void forEachNeedsOneListAndDoesNotNest() {
        Plan.Builder single = valid();
        single.getStepsBuilder(0).setForEach("in");
        assertThat(rules(single)).contains(Rule.CARDINALITY);
        Plan.Builder unknown = valid();
        unknown.getStepsBuilder(0).setForEach("pages");
        assertThat(rules(unknown)).contains(Rule.UNKNOWN_REFERENCE);
        Plan.Builder nested = Plan.newBuilder()
                .setConfidence(1)
                .addSteps(step("ocr", "ocr", fromInput("scans")).setForEach("in"))
                .addSteps(step("split", "split", fromStep("ocr", ""))
                        .setForEach("in")
                        .setDeliverable(true))
                .addOutput(mapping("split", "", "/x"));
        only(nested, Rule.CARDINALITY, "split");
    }

    @Test
    void parametersAreKnownReadableAndSetOnce() {
        Plan.Builder unknown = valid();
        unknown.getStepsBuilder(2).addParameters(words("tone", "German", InstructionSpan.Normalizer.LANGUAGE));
        only(unknown, Rule.UNKNOWN_REFERENCE, "translate");
        Plan.Builder unreadable = valid();
        unreadable.getStepsBuilder(2).addParameters(words("lines", "scans", InstructionSpan.Normalizer.INTEGER));
        only(unreadable, Rule.INSTRUCTION_SPAN, "translate");
        Plan.Builder wrongNormalizer = valid();
        wrongNormalizer.getStepsBuilder(2).addParameters(words("lines", "3", InstructionSpan.Normalizer.DATE));
        only(wrongNormalizer, Rule.PARAMETER, "translate");
        Plan.Builder noDefault = valid();
        noDefault
                .getStepsBuilder(2)
                .addParameters(ParameterBinding.newBuilder()
                        .setParameter("lines")
                        .setSource(Binding.newBuilder().setParameterDefault(ParameterDefault.getDefaultInstance())));
        only(noDefault, Rule.PARAMETER, "translate");
        Plan.Builder good = valid();
        good.getStepsBuilder(2).addParameters(words("lines", "3", InstructionSpan.Normalizer.INTEGER));
        assertThat(check(good)).isEmpty();
    }

    @Test
    void spansOutsideTheInstructionAreRefused() {
        for (int[] span : new int[][] {{0, 0}, {5, 3}, {-1, 2}, {0, 100_000}, {Integer.MAX_VALUE, Integer.MIN_VALUE}}) {
            Plan.Builder plan = valid();
            plan.getStepsBuilder(2)
                    .getParametersBuilder(0)
                    .getSourceBuilder()
                    .getInstructionBuilder()
                    .setStart(span[0])
                    .setEnd(span[1]);
            only(plan, Rule.INSTRUCTION_SPAN, "translate");
        }
    }

    /** They are shown as they came, and JSON has no such numbers. */
    @Test
    void confidencesOfWhoWasConsideredAreNumbers() {
        ConsideredSpecialist.Builder nobody =
                ConsideredSpecialist.newBuilder().setSpecialist("x").setConfidence(Double.NaN);
        Plan.Builder step = valid();
        step.getStepsBuilder(2).addCandidates(nobody);
        only(step, Rule.RANGE, "translate");
        Plan.Builder unmet = valid();
        unmet.addUnmetBuilder().setText("fly").addCandidates(nobody.setConfidence(Double.NEGATIVE_INFINITY));
        only(unmet, Rule.RANGE, "");
    }

    @Test
    void spansCountCodePoints() {
        TaskShape task = new TaskShape(
                "\ud83d\ude00\ud83d\ude00 translate to German",
                Plans.task().inputs(),
                Constraints.getDefaultInstance(),
                false,
                TaskShape.ALL_DATA_CLASSES);
        Plan.Builder plan = valid();
        InstructionSpan.Builder span = plan.getStepsBuilder(2)
                .getParametersBuilder(0)
                .getSourceBuilder()
                .getInstructionBuilder();
        span.setStart(16).setEnd(22);
        assertThat(validator.validate(plan.build(), task)).isEmpty();
        span.setStart(17).setEnd(23);
        assertThat(validator.validate(plan.build(), task)).isNotEmpty();
    }

    @Test
    void conditionsCompareWhatCanBeCompared() {
        assertThat(check(when(Condition.Operator.GREATER, number(100)))).isEmpty();
        assertThat(check(when(Condition.Operator.EXISTS, Value.getDefaultInstance())))
                .isEmpty();
        only(
                when(
                        Condition.Operator.GREATER,
                        Value.newBuilder().setBoolValue(true).build()),
                Rule.CONDITION,
                "translate");
        only(when(Condition.Operator.IN, number(1)), Rule.CONDITION, "translate");
        only(when(Condition.Operator.OPERATOR_UNSPECIFIED, number(1)), Rule.CONDITION, "translate");
        Plan.Builder later = valid();
        later.getStepsBuilder(0)
                .setWhen(Condition.newBuilder()
                        .setOutput(output("translate", ""))
                        .setOperator(Condition.Operator.EXISTS));
        assertThat(rules(later)).containsExactly(Rule.CYCLE);
    }

    @Test
    void aFallbackHasTheSameCapabilityOrIsAnAllowedLargeModel() {
        assertThat(check(withFallback("ocr-b"))).isEmpty();
        only(withFallback("redact"), Rule.FALLBACK, "ocr");
        only(withFallback("ocr"), Rule.DUPLICATE, "ocr");
        only(withFallback("nobody"), Rule.UNKNOWN_SPECIALIST, "ocr");
        only(withFallback("llm"), Rule.NOT_ALLOWED, "ocr");
        TaskShape escalating =
                Plans.task(Constraints.newBuilder().setMayEscalate(true).build());
        assertThat(validator.validate(withFallback("llm").build(), escalating)).isEmpty();
    }

    @Test
    void noTwoBindingsBecomeOneOfAFallback() {
        Plan.Builder plan = withFallback("llm");
        plan.getStepsBuilder(0)
                .addInputs(plan.getSteps(0).getInputs(0).toBuilder().setPort("other"))
                .getFallbacksBuilder(0)
                .putPorts("other", "in");
        TaskShape escalating =
                Plans.task(Constraints.newBuilder().setMayEscalate(true).build());
        assertThat(validator.validate(plan.build(), escalating))
                .filteredOn(violation -> violation.rule() == Rule.FALLBACK)
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("two", "'in'"));
    }

    @Test
    void constraintsDecideWhoMayRun() {
        TaskShape allowed =
                Plans.task(Constraints.newBuilder().addAllowedSpecialists("ocr").build());
        assertThat(validator.validate(valid().build(), allowed))
                .extracting(Violation::rule)
                .containsExactly(Rule.NOT_ALLOWED, Rule.NOT_ALLOWED);
        TaskShape excluded = Plans.task(
                Constraints.newBuilder().addExcludedSpecialists("ocr").build());
        assertThat(validator.validate(valid().build(), excluded))
                .extracting(Violation::rule)
                .containsExactly(Rule.NOT_ALLOWED);
    }

    @Test
    void outputTargetsAreUniqueAndNotInsideEachOther() {
        for (String target : List.of("/total", "/total/net", "")) {
            Plan.Builder plan = valid();
            plan.addOutput(mapping("translate", "", target));
            only(plan, Rule.OUTPUT, "");
        }
        Plan.Builder malformed = valid();
        malformed.addOutput(mapping("translate", "", "/a~2"));
        only(malformed, Rule.POINTER, "");
    }

    @Test
    void thereIsSomethingToDeliver() {
        Plan.Builder plan = valid();
        plan.getStepsBuilderList().forEach(step -> step.setDeliverable(false));
        assertThat(rules(plan)).contains(Rule.OUTPUT);
        assertThat(rules(valid().clearOutput())).containsExactly(Rule.OUTPUT);
        assertThat(rules(Plan.newBuilder())).containsExactly(Rule.MISSING);
    }

    @Test
    void dataClassesFlowUntilTheyAreCleared() {
        Plan.Builder leaking = valid();
        leaking.addSteps(translate("leak", fromInput("letter"))).addOutput(mapping("leak", "", "/leak"));
        only(leaking, Rule.DATA_CLASS, "leak");
        TaskShape personal = new TaskShape(
                Plans.INSTRUCTION,
                List.of(Plans.input("letter", "text", false)
                        .addDataClasses("personal")
                        .build()),
                Constraints.getDefaultInstance(),
                false,
                TaskShape.ALL_DATA_CLASSES);
        Plan.Builder redacted = Plan.newBuilder()
                .setConfidence(1)
                .addSteps(step("redact", "redact", fromInput("letter")))
                .addSteps(translate("translate", fromStep("redact", "")))
                .addOutput(mapping("translate", "", "/x"));
        assertThat(validator.validate(redacted.build(), personal)).isEmpty();
        assertThat(validator.validate(redacted.build(), personal.withAllowedDataClasses(java.util.Set.of())))
                .extracting(Violation::rule)
                .containsExactly(Rule.DATA_CLASS);
    }

    @Test
    void capsAreConfigurable() {
        PlanValidator small = new PlanValidator(Plans.CONTRACTS, new PlanLimits(64, 2, 32, 1_000));
        assertThat(small.validate(valid().build(), Plans.task()))
                .extracting(Violation::rule)
                .containsExactly(Rule.TOO_LARGE);
    }

    private static Plan.Builder when(Condition.Operator operator, Value value) {
        Plan.Builder plan = valid();
        plan.getStepsBuilder(2)
                .setWhen(Condition.newBuilder()
                        .setOutput(output("fields", "/total"))
                        .setOperator(operator)
                        .setValue(value));
        return plan;
    }

    private static Plan.Builder withFallback(String specialist) {
        Plan.Builder plan = valid();
        Step.Builder ocr = plan.getStepsBuilder(0);
        ocr.addFallbacks(Fallback.newBuilder()
                .setSpecialist(specialist)
                .setContractDigest(Plans.CONTRACTS.digestOf(specialist).orElse("")));
        return plan;
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private void only(Plan.Builder plan, Rule rule, String step) {
        List<Violation> violations = check(plan);
        assertThat(violations).extracting(Violation::rule).as("%s", violations).containsExactly(rule);
        assertThat(violations.getFirst().step()).isEqualTo(step);
    }

    private List<Rule> rules(Plan.Builder plan) {
        return check(plan).stream().map(Violation::rule).toList();
    }

    private List<Violation> check(Plan.Builder plan) {
        return validator.validate(plan.build(), Plans.task());
    }
}
