package dev.pinfactory.router.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Condition;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Fallback;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the planner does with scores; the scores come from stems (see {@link TestingModels}). */
class EncoderPlannerTest {
    private final EncoderPlanner planner = new EncoderPlanner(TestingModels.models(), Clock.systemUTC());

    private static PlanRequest.Builder request(String instruction, String... inputs) {
        PlanRequest.Builder request = PlanRequest.newBuilder().setInstruction(instruction);
        for (String input : inputs) {
            String[] parts = input.split(":");
            request.addInputs(InputDescription.newBuilder()
                    .setName(parts[0])
                    .setType(parts[1])
                    .setMany(parts.length > 2));
        }
        return request;
    }

    private PlanOutcome outcome(PlanRequest.Builder request) {
        return planner.plan(new PlanningRequest(request.build(), TestingCards.ALL, Instant.MAX));
    }

    private Plan plan(PlanRequest.Builder request) {
        PlanOutcome outcome = outcome(request);
        assertThat(outcome).isInstanceOf(Planned.class);
        Plan plan = ((Planned) outcome).plan();
        assertThat(new PlanValidator(TestingCards.ALL).validate(plan, TaskShape.of(request.build())))
                .isEmpty();
        return plan;
    }

    private Refusal refusal(PlanRequest.Builder request) {
        return ((Refused) outcome(request)).refusal();
    }

    /** Every source as {@code step(source, …)}. */
    private static List<String> wiring(Plan plan) {
        List<String> wiring = new ArrayList<>();
        for (Step step : plan.getStepsList()) {
            List<String> sources = new ArrayList<>();
            step.getInputsList().forEach(input -> input.getSourcesList().forEach(source -> sources.add(name(source))));
            wiring.add(step.getId() + "(" + String.join(", ", sources) + ")");
        }
        return wiring;
    }

    private static String name(Binding binding) {
        return switch (binding.getSourceCase()) {
            case TASK_INPUT -> binding.getTaskInput().getName();
            case STEP_OUTPUT ->
                binding.getStepOutput().getStep() + "."
                        + binding.getStepOutput().getOutput();
            case INSTRUCTION -> "words";
            case PARAMETER_DEFAULT, SOURCE_NOT_SET -> "?";
        };
    }

    @Test
    void ofSeveralTablesTheOneWithTheColumnsIsRead() {
        Contract tariff = TestingCards.card(
                "tariff",
                "score.tariff",
                "tariff",
                List.of(TestingCards.port("table", "table").toBuilder()
                        .addColumns("route")
                        .addColumns("weight")
                        .build()),
                List.of(TestingCards.port("scores", "table")));
        PlanRequest.Builder request = request("Give the tariff.", "first:table", "second:table");
        request.getInputsBuilder(0).addColumns("driver").addColumns("licence");
        request.getInputsBuilder(1).addColumns("weight").addColumns("route").addColumns("day");
        PlanOutcome outcome = planner.plan(new PlanningRequest(request.build(), Contracts.of(tariff), Instant.MAX));
        assertThat(wiring(((Planned) outcome).plan())).containsExactly("tariff(second)");
    }

    @Test
    void eachClauseReadsTheInputThatItNames() {
        Plan plan = plan(request(
                "Find the weight and carrier in the waybill, tell me if the message is urgent and condense the message.",
                "message:text",
                "waybill:text"));
        assertThat(wiring(plan)).containsExactly("weigh(waybill)", "urgency(message)", "condense(message)");
        assertThat(plan.getStepsList()).allSatisfy(step -> {
            assertThat(step.getDeliverable()).isTrue();
            assertThat(step.getReason()).contains(step.getSpecialist());
            assertThat(step.getAskedByList()).hasSize(1);
        });
    }

    @Test
    void hyphensInNamesDoNotMatter() {
        assertThat(wiring(plan(request("Condense the e-mail.", "email:text", "waybill:text"))))
                .containsExactly("condense(email)");
    }

    @Test
    void aWordBesideANameMeansThatInput() {
        Plan plan = plan(request(
                "Here is a delivery complaint message and a waybill. Condense the message.",
                "complaint:text",
                "waybill:text"));
        assertThat(wiring(plan)).containsExactly("condense(complaint)");
    }

    @Test
    void aPronounAfterAChangeMeansWhatWasMade() {
        assertThat(wiring(
                        plan(request("Mask the names in the letter and condense it.", "letter:text", "waybill:text"))))
                .containsExactly("mask(letter)", "condense(mask.masked)");
    }

    @Test
    void aQuestionAboutItMeansTheThingItself() {
        assertThat(wiring(plan(request("Mask the names in the letter and tell me how urgent it is.", "letter:text"))))
                .containsExactly("mask(letter)", "urgency(letter)");
    }

    @Test
    void aQuestionAboutItAfterAnOrderWordMeansWhatWasMade() {
        assertThat(wiring(plan(request("Mask the names in the letter, then tell me how urgent it is.", "letter:text"))))
                .containsExactly("mask(letter)", "urgency(mask.masked)");
    }

    @Test
    void aStepSaysWhoElseItsWordsMayMean() {
        Step step = plan(request("Condense the letter.", "letter:text")).getSteps(0);
        assertThat(step.getCandidatesList())
                .extracting(ConsideredSpecialist::getSpecialist)
                .containsExactly("condense-too");
    }

    @Test
    void theParticipleNamesTheResult() {
        assertThat(wiring(plan(request("Mask names in the letter, then condense the masked text.", "letter:text"))))
                .containsExactly("mask(letter)", "condense(mask.masked)");
    }

    @Test
    void withoutAnOrderWordANamedInputIsReadItself() {
        assertThat(wiring(plan(request("Mask names in the letter. Condense the letter.", "letter:text"))))
                .containsExactly("mask(letter)", "condense(letter)");
    }

    @Test
    void beforeTurnsTheOrderRound() {
        assertThat(wiring(plan(request("Before condensing the letter, mask all names in it.", "letter:text"))))
                .containsExactly("mask(letter)", "condense(mask.masked)");
    }

    @Test
    void aNounMadeFromTheVerbNamesTheResultToo() {
        assertThat(wiring(plan(request("Translate the note into Polish, then condense the translation.", "note:text"))))
                .containsExactly("translate(note)", "condense(translate.translation)");
    }

    @Test
    void wordsInQuotationMarksAreATextWhereThereIsNoInput() {
        String instruction = "Tell me if \"come at once\" is urgent.";
        Plan plan = plan(request(instruction));
        var words = plan.getSteps(0).getInputs(0).getSources(0).getInstruction();
        assertThat(instruction.substring(words.getStart(), words.getEnd())).isEqualTo("come at once");
    }

    @Test
    void oneVerbMayAskForTwoThings() {
        Plan plan = plan(request("Tell me the weight and urgent bits of the letter.", "letter:text", "note:text"));
        assertThat(wiring(plan)).containsExactly("weigh(letter)", "urgency(letter)");
    }

    @Test
    void whatIsNegatedIsNotPlanned() {
        assertThat(wiring(plan(request("Mask names in the letter, but do not condense it.", "letter:text"))))
                .containsExactly("mask(letter)");
    }

    @Test
    void aMissingTypeIsMadeBySomebodyWhoCan() {
        Plan plan = plan(request("Find the weight and the carrier.", "photo:image"));
        assertThat(wiring(plan)).containsExactly("scan(photo)", "weigh(scan.text)");
        assertThat(plan.getSteps(0).getInserted()).isTrue();
        assertThat(plan.getSteps(0).getDeliverable()).isFalse();
        assertThat(plan.getSteps(0).getRequired()).isTrue();
        assertThat(plan.getSteps(0).getReason()).contains("inserted").contains("image");
    }

    @Test
    void anInsertedStepServesAllWhoNeedIt() {
        Plan plan = plan(request("Find the weight and the carrier, and tell me if it is urgent.", "photo:image"));
        assertThat(wiring(plan)).containsExactly("scan(photo)", "weigh(scan.text)", "urgency(scan.text)");
    }

    @Test
    void completionNeverGoesOverAny() {
        var wild = TestingCards.card(
                "wild",
                "wild",
                "anything",
                List.of(TestingCards.port("x", "any")),
                List.of(TestingCards.port("text", "text")));
        PlanOutcome outcome = planner.plan(new PlanningRequest(
                request("Find the weight and the carrier.", "photo:image").build(),
                Contracts.of(TestingCards.WEIGH, wild),
                Instant.MAX));
        assertThat(((Refused) outcome).refusal().getReason()).isEqualTo(Refusal.Reason.MISSING_INPUT);
    }

    @Test
    void severalInputsWithoutANameAreAllRead() {
        assertThat(wiring(plan(request("Tell me which are urgent.", "first:text", "second:text"))))
                .containsExactly("urgency(first)", "urgency-2(second)");
    }

    @Test
    void aListIsIterated() {
        Plan plan = plan(request("For each of the mails tell me if it is urgent.", "mails:text:many"));
        assertThat(plan.getSteps(0).getForEach()).isEqualTo("text");
    }

    @Test
    void aPortForManyTakesAllAtOnce() {
        assertThat(wiring(plan(request("Compare the offers.", "north:text", "south:text"))))
                .containsExactly("compare(north, south)");
    }

    @Test
    void aNumberBesideTheParametersNameSetsIt() {
        String instruction = "Condense the letter to 5 lines.";
        Plan plan = plan(request(instruction, "letter:text"));
        var span = plan.getSteps(0).getParameters(0).getSource().getInstruction();
        assertThat(instruction.substring(span.getStart(), span.getEnd())).isEqualTo("5");
    }

    @Test
    void whatIsNotSaidTakesItsDefault() {
        assertThat(plan(request("Condense the letter.", "letter:text"))
                        .getSteps(0)
                        .getParameters(0)
                        .getSource()
                        .hasParameterDefault())
                .isTrue();
    }

    @Test
    void aRequiredParameterThatIsNotGivenIsNamed() {
        Refusal refusal = refusal(request("Translate the letter.", "letter:text"));
        assertThat(refusal.getMessage()).contains("target");
        assertThat(plan(request("Translate the letter into Polish.", "letter:text"))
                        .getStepsCount())
                .isEqualTo(1);
    }

    @Test
    void aConditionBringsInWhoDecidesIt() {
        Plan plan = plan(request("If the letter is urgent, condense it.", "letter:text"));
        assertThat(wiring(plan)).containsExactly("urgency(letter)", "condense(letter)");
        Condition when = plan.getSteps(1).getWhen();
        assertThat(when.getOutput().getStep()).isEqualTo("urgency");
        assertThat(when.getOutput().getPointer()).isEqualTo("/label");
        assertThat(when.getOperator()).isEqualTo(Condition.Operator.EQUALS);
        assertThat(when.getValue().getStringValue()).isEqualTo("urgent");
    }

    @Test
    void unlessInvertsTheCondition() {
        Plan plan = plan(request("Unless the letter is urgent, condense it.", "letter:text"));
        assertThat(plan.getSteps(1).getWhen().getOperator()).isEqualTo(Condition.Operator.NOT_EQUALS);
    }

    @Test
    void aConditionThatNobodyDecidesIsUnmetAndTheClauseDoesNotRun() {
        Plan plan = plan(request("Mask names in the letter. If the moon is full, condense the letter.", "letter:text"));
        assertThat(wiring(plan)).containsExactly("mask(letter)");
        assertThat(plan.getUnmetList())
                .extracting(UnmetRequest::getReason)
                .singleElement()
                .asString()
                .contains("the moon is full");
    }

    @Test
    void theHalfThatIsNotPossibleIsNamed() {
        Plan plan = plan(request("Condense the letter and paint the fence.", "letter:text"));
        assertThat(wiring(plan)).containsExactly("condense(letter)");
        assertThat(plan.getUnmetList()).extracting(UnmetRequest::getText).containsExactly("paint the fence");
    }

    @Test
    void chatterAndTheImpossibleAndForeignWordsAreRefusedEachInItsWay() {
        assertThat(refusal(request("Hello there!", "letter:text")).getReason())
                .isEqualTo(Refusal.Reason.NOT_UNDERSTOOD);
        Refusal impossible = refusal(request("Paint the fence.", "letter:text"));
        assertThat(impossible.getReason()).isEqualTo(Refusal.Reason.NO_SPECIALIST);
        assertThat(impossible.getMessage()).contains("Paint the fence");
        assertThat(refusal(request("Bonjour, condense la lettre.", "letter:text"))
                        .getReason())
                .isEqualTo(Refusal.Reason.UNKNOWN_LANGUAGE);
    }

    @Test
    void anEmptyOrEndlessInstructionIsInvalid() {
        assertThatThrownBy(() -> outcome(request(" "))).isInstanceOf(PinfactoryException.class);
        assertThatThrownBy(() -> outcome(request("a".repeat(8_001)))).hasMessageContaining("8001");
    }

    @Test
    void theCallersSchemaIsFilledWhereSomethingFits() throws Exception {
        Struct.Builder schema = Struct.newBuilder();
        JsonFormat.parser().merge("""
                        {"type": "object", "properties": {
                          "shipment": {"type": "object", "properties": {"carrier": {"type": "string"}, "weight": {"type": "number"}}},
                          "urgency": {"type": "string"},
                          "moonPhase": {"type": "string"}}}
                        """, schema);
        Plan plan = plan(request("Find weight and carrier, and tell me if it is urgent.", "letter:text")
                .setOutputSchema(schema));
        assertThat(plan.getOutputList())
                .extracting(mapping ->
                        mapping.getTarget() + " <- " + mapping.getSources(0).getStep()
                                + mapping.getSources(0).getPointer())
                .containsExactly(
                        "/shipment/carrier <- weigh/carrier",
                        "/shipment/weight <- weigh/weight",
                        "/urgency <- urgency/label");
    }

    private static Struct schema(String json) throws Exception {
        Struct.Builder schema = Struct.newBuilder();
        JsonFormat.parser().merge(json, schema);
        return schema.build();
    }

    private static List<String> mapping(Plan plan) {
        return plan.getOutputList().stream()
                .map(mapping ->
                        mapping.getTarget() + " <- " + mapping.getSources(0).getStep()
                                + mapping.getSources(0).getPointer())
                .toList();
    }

    @Test
    void aPlaceThatNoStepFillsBringsOneIn() throws Exception {
        Plan plan = plan(request("Condense the letter.", "letter:text").setOutputSchema(schema("""
                        {"properties": {"condensed": {"type": "string"}, "isUrgent": {"enum": ["urgent", "routine"]}, "moonPhase": {"type": "string"}}}
                        """)));
        assertThat(mapping(plan)).containsExactly("/condensed <- condense", "/isUrgent <- urgency/label");
        Step brought = plan.getSteps(1);
        assertThat(brought.getReason()).startsWith("the output schema asks for it at /isUrgent; urgency gives that");
        assertThat(brought.getDeliverable()).isTrue();
        assertThat(brought.getAskedByCount()).isZero();
    }

    @Test
    void theSchemaAloneSaysEnough() throws Exception {
        Plan plan = plan(request("Process the letter.", "letter:text")
                .setOutputSchema(schema("{\"properties\": {\"urgent\": {\"type\": \"string\"}}}")));
        assertThat(mapping(plan)).containsExactly("/urgent <- urgency/label");
        assertThat(plan.getUnmetList()).isEmpty();
    }

    @Test
    void whatIsForbiddenIsNotBroughtIn() throws Exception {
        Plan plan = plan(request("Condense the letter, but don't mask names.", "letter:text")
                .setOutputSchema(schema("""
                        {"properties": {"condensed": {"type": "string"}, "mask_names": {"type": "string"}}}
                        """)));
        assertThat(mapping(plan)).containsExactly("/condensed <- condense");
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("condense");
    }

    @Test
    void whatTheSchemaHasNoPlaceForIsNotDone() throws Exception {
        Plan plan = plan(
                request("Condense the letter. Mask names in it.", "letter:text").setOutputSchema(schema("""
                        {"properties": {"condensed": {"type": "string"}}, "additionalProperties": false}
                        """)));
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("condense");
        assertThat(plan.getUnmetList()).singleElement().satisfies(unmet -> {
            assertThat(unmet.getText()).isEqualTo("Mask names in it");
            assertThat(unmet.getReason()).isEqualTo("the output schema has no place for what this gives");
        });
    }

    @Test
    void placesNamedAfterInputsAreFilledFromThem() throws Exception {
        Plan plan = plan(request("Is it urgent?", "first:text", "second:text").setOutputSchema(schema("""
                        {"properties": {"second_urgent": {"type": "string"}, "urgent_first": {"type": "string"}}}
                        """)));
        assertThat(plan.getOutputList())
                .extracting(mapping -> mapping.getTarget() + " from "
                        + step(plan, mapping.getSources(0).getStep())
                                .getInputs(0)
                                .getSources(0)
                                .getTaskInput()
                                .getName())
                .containsExactly("/second_urgent from second", "/urgent_first from first");
    }

    private static Step step(Plan plan, String id) {
        return plan.getStepsList().stream()
                .filter(step -> step.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aListTakesAnElementForEachInput() throws Exception {
        Plan plan = plan(request("Find weight and carrier in the letters.", "letter_a:text", "letter_b:text")
                .setOutputSchema(schema("""
                        {"properties": {"loads": {"type": "array", "items": {"properties": {"carrier": {"type": "string"}, "weight": {"type": "number"}}}}}}
                        """)));
        assertThat(mapping(plan))
                .containsExactly(
                        "/loads/0/carrier <- weigh/carrier",
                        "/loads/0/weight <- weigh/weight",
                        "/loads/1/carrier <- weigh-2/carrier",
                        "/loads/1/weight <- weigh-2/weight");
    }

    @Test
    void aStringAloneTakesWhatWasAskedFor() throws Exception {
        Plan plan =
                plan(request("Condense the letter.", "letter:text").setOutputSchema(schema("{\"type\": \"string\"}")));
        assertThat(mapping(plan)).containsExactly(" <- condense");
    }

    @Test
    void aSchemaForAnyObjectIsNone() throws Exception {
        Plan plan = plan(request("Condense the letter and mask names in it.", "letter:text")
                .setOutputSchema(schema("{\"type\": \"object\"}")));
        assertThat(plan.getOutputList()).hasSize(2);
    }

    @Test
    void anInterchangeableSpecialistBecomesTheFallback() {
        Step step = plan(request("Condense the letter.", "letter:text")).getSteps(0);
        assertThat(step.getFallbacksList()).extracting(Fallback::getSpecialist).containsExactly("condense-too");
    }

    @Test
    void excludedSpecialistsAreNotPlannedWith() {
        PlanRequest.Builder request = request("Condense the letter and mask names in it.", "letter:text")
                .setConstraints(Constraints.newBuilder().addExcludedSpecialists("mask"));
        assertThat(plan(request).getStepsList()).extracting(Step::getSpecialist).doesNotContain("mask");
    }

    @Test
    void theSameRequestGivesTheSamePlan() {
        PlanRequest.Builder request = request("Mask names in the letter, then condense it to 2 lines.", "letter:text");
        assertThat(plan(request)).isEqualTo(plan(request));
    }

    @Test
    void planningEndsWithItsDeadline() {
        PlanningRequest late =
                new PlanningRequest(request("Condense it.", "a:text").build(), TestingCards.ALL, Instant.EPOCH);
        assertThatThrownBy(() -> planner.plan(late)).hasMessageContaining("deadline");
    }
}
