package dev.pinfactory.proto.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.InstructionSpan;
import dev.pinfactory.proto.v1.ParameterDefault;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Span;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
    private static final String INSTRUCTION = "Translate it into German";
    private static final Plan PLAN = plan("""
            {"confidence": 0.9, "steps": [
              {"id": "ocr", "specialist": "ocr", "inputs": [{"port": "image", "sources": [{"taskInput": {"name": "scan"}}]}]},
              {"id": "translate", "specialist": "translate", "deliverable": true,
               "inputs": [{"port": "text", "sources": [{"stepOutput": {"step": "ocr", "output": "text"}}]}],
               "parameters": [{"parameter": "language", "source": {"instruction": {"start": 18, "end": 24, "normalizer": "LANGUAGE"}}}],
               "when": {"output": {"step": "ocr", "output": "text"}, "operator": "EXISTS"},
               "fallbacks": [{"specialist": "llm"}]}],
             "output": [{"target": "/text", "sources": [{"step": "translate", "output": "text"}]}]}
            """);

    private static Plan plan(String json) {
        Plan.Builder plan = Plan.newBuilder();
        try {
            JsonFormat.parser().merge(json, plan);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return plan.build();
    }

    private static List<String> from(Plan other) {
        return PlanDiff.between(PLAN, INSTRUCTION, other, INSTRUCTION).stream()
                .map(PlanDifference::toString)
                .toList();
    }

    private static Plan.Builder changed() {
        return PLAN.toBuilder();
    }

    @Test
    void whatAPlanWasMadeFromCountsForNothing() {
        Plan.Builder other = changed()
                .setConfidence(0.1)
                .setPlanner(Plan.Planner.PINNED)
                .setPinnedAs("a@1")
                .setCatalogDigest("sha256:other");
        other.getStepsBuilder(0)
                .setReason("other words")
                .setConfidence(0.2)
                .setContractDigest("sha256:new")
                .setInserted(true)
                .addAskedBy(Span.newBuilder().setEnd(3))
                .addCandidates(ConsideredSpecialist.newBuilder().setSpecialist("scan"));
        other.getOutputBuilder(0).setConfidence(0.3);
        assertThat(from(other.build())).isEmpty();
    }

    @Test
    void theOrderOfStepsCountsForNothing() {
        assertThat(from(changed()
                        .clearSteps()
                        .addSteps(PLAN.getSteps(1))
                        .addSteps(PLAN.getSteps(0))
                        .build()))
                .isEmpty();
    }

    @Test
    void aStepIsNewOrGoneAsAWhole() {
        Plan fewer = changed().removeSteps(1).clearOutput().build();
        assertThat(from(fewer))
                .containsExactly(
                        "step 'translate': is gone, was specialist translate",
                        "output '/text': is gone, was translate.text");
        assertThat(PlanDiff.between(fewer, "", PLAN, ""))
                .extracting(PlanDifference::toString)
                .containsExactly(
                        "step 'translate': is new, specialist translate", "output '/text': is new, translate.text");
    }

    @Test
    void everyPlaceOfAStepIsCompared() {
        Plan.Builder other = changed();
        Step.Builder step = other.getStepsBuilder(1);
        step.setSpecialist("translate-2").setForEach("text").setRequired(true).setDeliverable(false);
        step.getInputsBuilder(0)
                .getSourcesBuilder(0)
                .getTaskInputBuilder()
                .setName("letter")
                .setPointer("/body");
        step.clearWhen().clearFallbacks();
        other.getOutputBuilder(0).getSourcesBuilder(0).setStep("ocr");
        assertThat(from(other.build()))
                .containsExactly(
                        "step 'translate': was specialist translate, is specialist translate-2",
                        "step 'translate', input 'text': was from ocr.text, is from input 'letter'/body",
                        "step 'translate', condition: was ocr.text exists, is none",
                        "step 'translate', fallbacks: was llm, is none",
                        "step 'translate', part of the result: was yes, is no",
                        "output '/text': was translate.text, is ocr.text",
                        "step 'translate', for each: was nothing, is item of 'text'",
                        "step 'translate', required: was no, is yes");
    }

    @Test
    void boundWordsAreComparedAsWords() {
        Plan.Builder other = changed();
        other.getStepsBuilder(1)
                .getParametersBuilder(0)
                .getSourceBuilder()
                .setInstruction(InstructionSpan.newBuilder()
                        .setStart(8)
                        .setEnd(14)
                        .setNormalizer(InstructionSpan.Normalizer.LANGUAGE));
        assertThat(PlanDiff.between(PLAN, INSTRUCTION, other.build(), "Make it German, please"))
                .isEmpty();
        assertThat(PlanDiff.between(PLAN, INSTRUCTION, other.build(), "Make it Polish, please"))
                .extracting(PlanDifference::toString)
                .containsExactly(
                        "step 'translate', parameter 'language': was the words \"German\" as language, is the words \"Polish\" as language");
        assertThat(PlanDiff.between(PLAN, "", other.build(), ""))
                .extracting(PlanDifference::toString)
                .containsExactly(
                        "step 'translate', parameter 'language': was the words at 18–24 of the instruction as language, is the words at 8–14 of the instruction as language");
    }

    private static Plan leaving(String... unmet) {
        Plan.Builder plan = changed();
        for (String text : unmet) {
            plan.addUnmet(UnmetRequest.newBuilder().setText(text).setReason("nobody does"));
        }
        return plan.build();
    }

    @Test
    void whatNobodyCanDoIsPartOfThePlan() {
        assertThat(from(leaving("sing it"))).containsExactly("request 'sing it': is new, unmet");
        assertThat(PlanDiff.between(leaving("sing it"), INSTRUCTION, PLAN, INSTRUCTION))
                .extracting(PlanDifference::toString)
                .containsExactly("request 'sing it': is gone, was unmet");
        assertThat(PlanDiff.between(leaving("sing it", "dance"), INSTRUCTION, leaving("dance", "sing it"), INSTRUCTION))
                .isEmpty();
        assertThat(PlanDiff.between(leaving("sing it"), INSTRUCTION, leaving("sing it", "sing it"), INSTRUCTION))
                .extracting(PlanDifference::toString)
                .containsExactly("request 'sing it': was unmet, is unmet 2 times");
    }

    /** Other words for the same request can't be told from another request: only how many are left counts. */
    @Test
    void inOtherWordsUnmetRequestsAreCounted() {
        String other = "Put it into German and sing it";
        assertThat(PlanDiff.between(leaving("sing it"), INSTRUCTION, leaving("put it to music"), other))
                .filteredOn(difference -> difference.place().contains("unmet"))
                .isEmpty();
        assertThat(PlanDiff.between(leaving("sing it"), INSTRUCTION, leaving(), other))
                .filteredOn(difference -> difference.place().contains("unmet"))
                .extracting(PlanDifference::toString)
                .containsExactly("unmet requests: was 1, is none");
    }

    @Test
    void aParameterThatIsLeftOutIsItsDefault() {
        Plan.Builder unbound = changed();
        unbound.getStepsBuilder(1).clearParameters();
        Plan.Builder left = changed();
        left.getStepsBuilder(1)
                .getParametersBuilder(0)
                .setSource(Binding.newBuilder().setParameterDefault(ParameterDefault.getDefaultInstance()));
        assertThat(PlanDiff.between(unbound.build(), "", left.build(), "")).isEmpty();
        assertThat(from(unbound.build()))
                .containsExactly(
                        "step 'translate', parameter 'language': was the words \"German\" as language, is the card's default");
    }
}
