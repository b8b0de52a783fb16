package dev.pinfactory.router.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.Binding;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may not see personal data gets the text without it, or the plan is refused. */
class ClearanceTest {
    private static final Contract MASK = TestingCards.MASK.toBuilder()
            .addDetectsDataClasses("personal")
            .addClearsDataClasses("personal")
            .build();
    private static final Contract WEIGH = blind(TestingCards.WEIGH);
    private static final Contract URGENCY = blind(TestingCards.URGENCY);
    private static final Contract COMPARE = blind(TestingCards.COMPARE);
    private static final Contracts ALL = Contracts.of(TestingCards.SCAN, MASK, WEIGH, URGENCY, COMPARE);

    private final EncoderPlanner planner = new EncoderPlanner(TestingModels.models(), Clock.systemUTC());

    private static Contract blind(Contract contract) {
        return contract.toBuilder().clearAcceptsDataClasses().build();
    }

    private static InputDescription.Builder personal(String name, String type) {
        return InputDescription.newBuilder().setName(name).setType(type).addDataClasses("personal");
    }

    private static PlanRequest.Builder request(String instruction, InputDescription.Builder... inputs) {
        PlanRequest.Builder request = PlanRequest.newBuilder().setInstruction(instruction);
        List.of(inputs).forEach(request::addInputs);
        return request;
    }

    private PlanOutcome outcome(PlanRequest.Builder request, Contracts contracts) {
        return planner.plan(new PlanningRequest(request.build(), contracts, Instant.MAX));
    }

    private Plan plan(PlanRequest.Builder request) {
        Plan plan = ((Planned) outcome(request, ALL)).plan();
        assertThat(new PlanValidator(ALL).validate(plan, TaskShape.of(request.build())))
                .isEmpty();
        return plan;
    }

    private static Binding source(Step step) {
        return step.getInputs(0).getSources(0);
    }

    @Test
    void getsTheClearedText() {
        Plan plan = plan(request("Find the carrier and the weight.", personal("letter", "text")));
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("mask", "weigh");
        Step mask = plan.getSteps(0);
        assertThat(mask.getInserted()).isTrue();
        assertThat(mask.getDeliverable()).isFalse();
        assertThat(mask.getRequired()).isTrue();
        assertThat(mask.getReason()).isEqualTo("inserted, because weigh may not see personal data");
        assertThat(source(mask).getTaskInput().getName()).isEqualTo("letter");
        assertThat(source(plan.getSteps(1)).getStepOutput().getStep()).isEqualTo("mask");
        assertThat(source(plan.getSteps(1)).getStepOutput().getOutput()).isEqualTo("masked");
    }

    @Test
    void whatHasNoClassIsReadAsItIs() {
        Plan plan = plan(request(
                "Find the carrier and the weight.", personal("letter", "text").clearDataClasses()));
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("weigh");
    }

    @Test
    void oneClearingIsEnoughForAll() {
        Plan plan = plan(request("Find the carrier and the weight. Is it urgent?", personal("letter", "text")));
        assertThat(plan.getStepsList())
                .extracting(Step::getSpecialist)
                .containsExactlyInAnyOrder("mask", "weigh", "urgency");
        assertThat(plan.getStepsList().subList(1, 3))
                .allSatisfy(step ->
                        assertThat(source(step).getStepOutput().getStep()).isEqualTo("mask"));
    }

    @Test
    void whatWasAskedForClearsToo() {
        Plan plan = plan(request("Mask the names. Find the carrier and the weight.", personal("letter", "text")));
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("mask", "weigh");
        assertThat(plan.getSteps(0).getDeliverable()).isTrue();
        assertThat(plan.getSteps(0).getInserted()).isFalse();
    }

    @Test
    void whatIsReadFromAPictureIsClearedAfterwards() {
        Plan plan = plan(request("Find the carrier and the weight.", personal("photo", "image")));
        assertThat(plan.getStepsList()).extracting(Step::getSpecialist).containsExactly("scan", "mask", "weigh");
        assertThat(source(plan.getSteps(1)).getStepOutput().getStep()).isEqualTo("scan");
    }

    @Test
    void eachOfManyIsCleared() {
        Plan plan = plan(request(
                "Find the carrier and the weight in each letter.",
                personal("letters", "text").setMany(true)));
        assertThat(plan.getStepsList()).extracting(Step::getForEach).containsExactly("text", "text");
        Plan together =
                plan(request("Compare the offers.", personal("offers", "text").setMany(true)));
        assertThat(together.getStepsList()).extracting(Step::getSpecialist).containsExactly("mask", "compare");
        assertThat(together.getSteps(0).getForEach()).isEqualTo("text");
        Plan two = plan(request("Compare the offers.", personal("one", "text"), personal("two", "text")));
        assertThat(two.getStepsList()).extracting(Step::getId).containsExactly("mask", "mask-2", "compare");
    }

    @Test
    void whereNobodyMayOrCanClearItThePlanIsRefused() {
        PlanRequest.Builder letter = request("Find the carrier and the weight.", personal("letter", "text"));
        refused(letter, Contracts.of(WEIGH));
        refused(letter, Contracts.of(WEIGH, TestingCards.MASK));
        refused(letter, Contracts.of(WEIGH, blind(MASK)));
        refused(
                letter,
                Contracts.of(WEIGH, MASK.toBuilder().setKind(Contract.Kind.LLM).build()));
        refused(letter.clone().setConstraints(Constraints.newBuilder().addAllowedSpecialists("weigh")), ALL);
        refused(
                request(
                        "Find the carrier and the weight.",
                        personal("letter", "text").addDataClasses("secret")),
                ALL);
        refused(request("Find the carrier and the weight. Do not mask the names.", personal("letter", "text")), ALL);
    }

    private void refused(PlanRequest.Builder request, Contracts contracts) {
        Refusal refusal = ((Refused) outcome(request, contracts)).refusal();
        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.NOT_ALLOWED);
        assertThat(refusal.getMessage()).contains("'weigh' may not see data of class");
    }

    @Test
    void stepsOfAPlanThatNobodyClearsStayAsTheyAre() {
        PlanRequest request =
                request("Find the carrier.", personal("letter", "text")).build();
        List<Step> steps = new ArrayList<>(plan(request.toBuilder()).getStepsList());
        Plan broken = Plan.newBuilder()
                .addSteps(steps.getLast().toBuilder().setSpecialist("nobody"))
                .build();
        assertThat(Clearance.of(broken, TaskShape.of(request), ALL, java.util.Set.of()))
                .isEqualTo(broken);
    }
}
