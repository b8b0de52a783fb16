package dev.pinfactory.router.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.ConsideredSpecialist;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal.Reason;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.EncoderPlanner;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.PlannerModels;
import dev.pinfactory.router.planner.PlanningRequest;
import dev.pinfactory.router.planner.interpret.Interpretation;
import dev.pinfactory.router.planner.interpret.Interpreter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped weights over cards that they were not trained on. */
class ShippedRouterTest {
    private static final RouterModels MODELS = RouterModels.shipped(SentenceEncoder.shared());
    private static final Contracts FREIGHT = TestingLibraries.freight();

    private final EncoderPlanner planner = new EncoderPlanner(MODELS.plannerModels(), Clock.systemUTC());

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

    private PlanOutcome outcome(PlanRequest.Builder request, Contracts contracts) {
        return planner.plan(new PlanningRequest(request.build(), contracts, Instant.MAX));
    }

    private Plan plan(PlanRequest.Builder request) {
        return plan(request, FREIGHT);
    }

    private Plan plan(PlanRequest.Builder request, Contracts contracts) {
        PlanOutcome outcome = outcome(request, contracts);
        assertThat(outcome).isInstanceOf(Planned.class);
        Plan plan = ((Planned) outcome).plan();
        assertThat(new PlanValidator(contracts).validate(plan, TaskShape.of(request.build())))
                .isEmpty();
        assertThat(plan.getConfidence()).isBetween(0.0, 1.0);
        return plan;
    }

    private Reason refusal(PlanRequest.Builder request) {
        return ((Refused) outcome(request, FREIGHT)).refusal().getReason();
    }

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
        return binding.hasTaskInput()
                ? binding.getTaskInput().getName()
                : binding.getStepOutput().getStep();
    }

    @Test
    void threeClausesOverTwoInputsBecomeThreeParallelSteps() {
        assertThat(wiring(plan(request(
                        "Here is a message from a client and the waybill. Read carrier and weight from the waybill,"
                                + " tell me how urgent the message is, and give me the key points of the message.",
                        "message:text",
                        "waybill:text"))))
                .containsExactly("waybill-reader(waybill)", "urgency(message)", "gist(message)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How soon do we have to react to this message?",
                "Does the client need an answer at once?",
                "Judge the urgency of the message.",
                "Is the message urgent or can it wait?"
            })
    void paraphrasesThatNameNoSpecialistFindIt(String instruction) {
        assertThat(wiring(plan(request(instruction, "message:text")))).containsExactly("urgency(message)");
    }

    @Test
    void aPhotoIsReadFirst() {
        assertThat(wiring(plan(request("Who carries this shipment?", "photo:image"))))
                .containsExactly("scan-reader(photo)", "waybill-reader(scan-reader)");
    }

    @Test
    void theOrderInTheInstructionConnectsSteps() {
        assertThat(wiring(plan(request(
                        "Hide who the candidate is, then translate the result into Polish.", "application:text"))))
                .containsExactly("cv-anonymizer(application)", "interpreter(cv-anonymizer)");
    }

    @Test
    void whatIsNotWantedIsNotPlanned() {
        assertThat(wiring(plan(request(
                        "Make the application anonymous and list the qualifications, but do not translate it.",
                        "application:text"))))
                .containsExactlyInAnyOrder("cv-anonymizer(application)", "skill-finder(application)");
    }

    @Test
    void parametersComeFromTheWords() {
        String instruction = "Give me the key points of the letter in 5 lines.";
        var span = plan(request(instruction, "letter:text"))
                .getSteps(0)
                .getParameters(0)
                .getSource()
                .getInstruction();
        assertThat(instruction.substring(span.getStart(), span.getEnd())).isEqualTo("5");
    }

    @Test
    void aConditionIsDecidedByAStepOfItsOwn() {
        Plan plan = plan(request("If the message is urgent, translate it into German.", "message:text"));
        assertThat(wiring(plan)).containsExactly("urgency(message)", "interpreter(message)");
        assertThat(plan.getSteps(1).getWhen().getValue().getStringValue()).isEqualTo("urgent");
        assertThat(plan.getSteps(0).getDeliverable()).isFalse();
    }

    @Test
    void aListIsIterated() {
        Plan plan = plan(request("For every application list the skills.", "applications:text:many"));
        assertThat(plan.getSteps(0).getForEach()).isEqualTo("application");
    }

    @Test
    void theHalfThatIsNotPossibleIsNamed() {
        Plan plan = plan(request("Give me the short version of the report and order a pizza.", "report:text"));
        assertThat(wiring(plan)).containsExactly("gist(report)");
        assertThat(plan.getUnmetList()).extracting(UnmetRequest::getText).containsExactly("order a pizza");
        assertThat(plan.getUnmet(0).getCandidatesList())
                .hasSizeLessThanOrEqualTo(3)
                .allSatisfy(nearest -> assertThat(nearest.getConfidence()).isBetween(0.01, 0.4));
    }

    @Test
    void whatACardSaysItDoesNotDoIsNamed() {
        PlanRequest.Builder request =
                request("Tell me how urgent the message is and write an answer to it.", "message:text");
        assertThat(plan(request).getUnmetList()).isEmpty();
        Plan plan = plan(request, withCounterExample("urgency", "Write a reply."));
        assertThat(wiring(plan)).containsExactly("urgency(message)");
        assertThat(plan.getUnmetList()).extracting(UnmetRequest::getText).containsExactly("write an answer to it");
        assertThat(plan.getUnmet(0).getCandidatesList())
                .contains(ConsideredSpecialist.newBuilder()
                        .setSpecialist("urgency")
                        .setCounterExample("Write a reply.")
                        .build());
    }

    @Test
    void aCounterExampleTakesNothingAwayThatIsNearerToAnExample() {
        Contracts contracts = withCounterExample("urgency", "Write a reply.");
        PlanRequest.Builder request = request("Does the client need an answer at once?", "message:text");
        assertThat(wiring(plan(request, contracts))).containsExactly("urgency(message)");
    }

    /** A near copy that says that it does not do this leaves the claim as it was before the copy came. */
    @Test
    void whoDoesNotDoItTakesNothingFromWhoDoes() {
        Contract gist = FREIGHT.find("gist").orElseThrow();
        Contract copy = gist.toBuilder().setId("gist-too").build();
        Contract telling = copy.toBuilder()
                .addCounterExamples("Give me the short version.")
                .clearExamples()
                .build();
        double alone = claim(FREIGHT);
        assertThat(claim(with(copy))).isLessThan(alone - 0.05);
        assertThat(claim(with(telling))).isGreaterThan(alone - 0.01);
    }

    private static Contracts with(Contract another) {
        List<Contract> all = new ArrayList<>(FREIGHT.all());
        all.add(another);
        return Contracts.of(all);
    }

    /** How surely the short version is asked of {@code gist}. */
    private static double claim(Contracts contracts) {
        Interpretation read =
                new Interpreter(MODELS.plannerModels().verbs()).interpret("Give me the short version of the report.");
        return MODELS.plannerModels().grounder().ground(read, contracts).scores().stream()
                .filter(score -> score.contract().getId().equals("gist"))
                .mapToDouble(score -> score.of(0))
                .sum();
    }

    private static Contracts withCounterExample(String id, String counterExample) {
        return Contracts.of(FREIGHT.all().stream()
                .map(contract -> contract.getId().equals(id)
                        ? contract.toBuilder()
                                .addCounterExamples(counterExample)
                                .build()
                        : contract)
                .toList());
    }

    @Test
    void theCallersSchemaIsFilled() throws Exception {
        Struct.Builder schema = Struct.newBuilder();
        JsonFormat.parser().merge("""
                        {"type": "object", "properties": {"carrier": {"type": "string"}, "howUrgent": {"type": "string", "description": "urgency of the message"}}}
                        """, schema);
        Plan plan = plan(request(
                        "Find out who carries the shipment and whether the message is urgent.",
                        "message:text",
                        "waybill:text")
                .setOutputSchema(schema));
        assertThat(plan.getOutputList())
                .extracting(mapping ->
                        mapping.getTarget() + " <- " + mapping.getSources(0).getStep()
                                + mapping.getSources(0).getPointer())
                .containsExactly("/carrier <- waybill-reader/carrier", "/howUrgent <- urgency/label");
    }

    @Test
    void chatterAndTheImpossibleAreRefused() {
        assertThat(refusal(request("Hello, how are you?", "letter:text"))).isEqualTo(Reason.NOT_UNDERSTOOD);
        assertThat(refusal(request("Book me a flight to Rome.", "letter:text"))).isEqualTo(Reason.NO_SPECIALIST);
        assertThat(refusal(request("What are the key points?"))).isEqualTo(Reason.MISSING_INPUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Résume cette lettre et dis-moi si elle est urgente, s'il te plaît.",
                "Bitte fasse den Brief zusammen und sage mir, ob er dringend ist.",
                "Przetłumacz ten list na niemiecki i podaj najważniejsze punkty.",
                "この手紙を要約してください",
                "Resume la carta y dime si es urgente"
            })
    void otherLanguagesAreRecognised(String instruction) {
        assertThat(refusal(request(instruction, "letter:text"))).isEqualTo(Reason.UNKNOWN_LANGUAGE);
    }

    @Test
    void aQuotationInAnotherLanguageDoesNotMakeTheInstructionForeign() {
        assertThat(MODELS.plannerModels()
                        .language()
                        .knows("Translate \"Wo ist bitte der nächste Bahnhof, mein Herr?\" into Polish"))
                .isGreaterThan(0.5);
    }

    @Test
    void theSameRequestGivesTheSamePlan() {
        PlanRequest.Builder request =
                request("Make the application anonymous and give me its key points.", "application:text");
        assertThat(plan(request)).isEqualTo(plan(request));
    }

    @ParameterizedTest
    @CsvSource({"router.bin, lineage.json", "links.bin, links-lineage.json"})
    void weightsAreSmallAndTheirDigestIsThatOfTheLineage(String weights, String lineage) {
        byte[] bytes = RouterFiles.shipped(weights);
        assertThat(bytes).hasSizeLessThan(1 << 20);
        assertThat(new String(RouterFiles.shipped(lineage), StandardCharsets.UTF_8))
                .contains(Digests.of(bytes));
    }

    @Test
    void theTunedEncoderReadsInstructionsOfTheLengthThatItWasTunedOn() {
        String sentence = "Turn the podcast into text, and then list what it is about. ";
        assertThat(mentions(sentence)).isTrue();
        assertThat(mentions(sentence.repeat(20))).isFalse();
    }

    /** Its reading tells where the instruction speaks of a card. */
    private static boolean mentions(String instruction) {
        PlannerModels models = MODELS.plannerModels();
        Interpretation read = new Interpreter(models.verbs()).interpret(instruction);
        return models.grounder().ground(read, TestingLibraries.multimedia()).scores().stream()
                .allMatch(score -> score.mention().isPresent());
    }
}
