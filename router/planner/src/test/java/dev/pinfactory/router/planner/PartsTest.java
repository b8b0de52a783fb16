package dev.pinfactory.router.planner;

import static dev.pinfactory.router.planner.TestingCards.card;
import static dev.pinfactory.router.planner.TestingCards.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.plan.PlanValidator;
import dev.pinfactory.proto.plan.TaskShape;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an input consists of: the attachments of a mail. */
class PartsTest {
    private static final Contracts CARDS = Contracts.of(
            TestingCards.WEIGH,
            TestingCards.CONDENSE,
            TestingCards.MASK,
            card("read", "read", "read pages", List.of(port("document", "document")), List.of(port("text", "text"))),
            card(
                    "unpack",
                    "unpack",
                    "unpack mail",
                    List.of(port("document", "document")),
                    List.of(port("attachments", "document").toBuilder()
                            .setCardinality(Port.Cardinality.MANY)
                            .build())));

    private final EncoderPlanner planner = new EncoderPlanner(TestingModels.models(), Clock.systemUTC());

    /** Every source as {@code step(source)}, with {@code each} where it is iterated. */
    private List<String> wiring(String instruction, String input) {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName(input).setType("document"))
                .build();
        PlanOutcome outcome = planner.plan(new PlanningRequest(request, CARDS, Instant.MAX));
        assertThat(outcome).isInstanceOf(Planned.class);
        Plan plan = ((Planned) outcome).plan();
        assertThat(new PlanValidator(CARDS).validate(plan, TaskShape.of(request)))
                .isEmpty();
        return plan.getStepsList().stream().map(PartsTest::wired).toList();
    }

    private static String wired(Step step) {
        var source = step.getInputs(0).getSources(0);
        String from = source.hasTaskInput()
                ? source.getTaskInput().getName()
                : source.getStepOutput().getStep();
        return step.getId() + "(" + (step.getForEach().isEmpty() ? "" : "each ") + from + ")";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Find weight and carrier in every attached waybill.",
                "Find weight and carrier in the waybills attached to the mail.",
                "Find weight and carrier in each attachment.",
                "Unpack the mail and find weight and carrier in each attachment.",
                "Unpack the attachments. Find weight and carrier in each waybill."
            })
    void whatIsAttachedIsTakenOutAndReadOneByOne(String instruction) {
        assertThat(wiring(instruction, "mail"))
                .containsExactly("unpack(mail)", "read(each unpack)", "weigh(each read)");
    }

    @Test
    void theWholeIsReadBesideItsParts() {
        assertThat(wiring("Condense the mail, and find weight and carrier in every attached waybill.", "mail"))
                .containsExactly(
                        "read(mail)", "condense(read)", "unpack(mail)", "read-2(each unpack)", "weigh(each read-2)");
    }

    @Test
    void aPronounAfterTakingApartMeansTheParts() {
        assertThat(wiring("Unpack the attachments and condense them.", "mail"))
                .containsExactly("unpack(mail)", "read(each unpack)", "condense(each read)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"letter", "attachment", "attached_note"})
    void whatIsItselfAttachedIsNotTakenApart(String input) {
        assertThat(wiring("Condense the attached " + input.replace('_', ' ') + ".", input))
                .containsExactly("read(" + input + ")", "condense(read)");
    }

    @Test
    void whoseCardDoesNotSpeakOfTheWholeDoesNotTakeItApart() {
        assertThat(wiring("Find weight and carrier in the attached waybill.", "scan"))
                .containsExactly("read(scan)", "weigh(read)");
    }
}
