package dev.pinfactory.router.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Constraints;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private static final Plan SURE = Plan.newBuilder()
            .setConfidence(0.9)
            .setPlanner(Plan.Planner.ENCODER)
            .build();
    private static final Plan UNSURE = Plan.newBuilder()
            .setConfidence(0.1)
            .setPlanner(Plan.Planner.ENCODER)
            .build();
    private static final Plan BY_LLM =
            Plan.newBuilder().setConfidence(0.5).setPlanner(Plan.Planner.LLM).build();

    private final AtomicInteger llmCalls = new AtomicInteger();
    private final Planner llm = request -> {
        llmCalls.incrementAndGet();
        return new Planned(BY_LLM);
    };

    private static PlanningRequest request(Constraints constraints) {
        PlanRequest request = PlanRequest.newBuilder()
                .setInstruction("weigh it")
                .setConstraints(constraints)
                .build();
        return new PlanningRequest(request, Contracts.of(List.of()), Instant.MAX);
    }

    private static Constraints escalating() {
        return Constraints.newBuilder().setMayEscalate(true).build();
    }

    private Cascade cascade(Planner encoder) {
        return new Cascade(encoder, Optional.of(llm), 0.5);
    }

    private static Refusal refusal(PlanOutcome outcome) {
        return ((Refused) outcome).refusal();
    }

    @Test
    void aSurePlanIsNotEscalated() {
        assertThat(cascade(request -> new Planned(SURE)).plan(request(escalating())))
                .isEqualTo(new Planned(SURE));
        assertThat(llmCalls).hasValue(0);
    }

    @Test
    void anUnsurePlanGoesToTheLlmIfTheCallerAllowsIt() {
        assertThat(cascade(request -> new Planned(UNSURE)).plan(request(escalating())))
                .isEqualTo(new Planned(BY_LLM));
    }

    @Test
    void anUnsurePlanIsRefusedWithTheBestGuessOtherwise() {
        Refusal refusal =
                refusal(cascade(request -> new Planned(UNSURE)).plan(request(Constraints.getDefaultInstance())));
        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
        assertThat(refusal.getBestGuess()).isEqualTo(UNSURE);
        assertThat(refusal.getMessage()).contains("0.10").contains("0.50");
        assertThat(llmCalls).hasValue(0);
    }

    @Test
    void theCallersThresholdBeatsTheSetting() {
        Constraints lenient =
                Constraints.newBuilder().setMinPlanConfidence(0.05).build();
        assertThat(cascade(request -> new Planned(UNSURE)).plan(request(lenient)))
                .isEqualTo(new Planned(UNSURE));
    }

    @Test
    void aMissingInputIsNothingThatAnLlmCanSupply() {
        Refusal missing =
                Refusal.newBuilder().setReason(Refusal.Reason.MISSING_INPUT).build();
        assertThat(refusal(cascade(request -> new Refused(missing)).plan(request(escalating()))))
                .isEqualTo(missing);
        assertThat(llmCalls).hasValue(0);
    }

    @Test
    void aFailingLlmLeavesTheEncodersRefusal() {
        Cascade cascade = new Cascade(
                request -> new Planned(UNSURE),
                Optional.of(request -> {
                    throw new PinfactoryException(ErrorCode.UNAVAILABLE, "connection refused");
                }),
                0.5);
        Refusal refusal = refusal(cascade.plan(request(escalating())));
        assertThat(refusal.getReason()).isEqualTo(Refusal.Reason.LOW_CONFIDENCE);
        assertThat(refusal.getMessage()).contains("connection refused");
    }

    @Test
    void constraintsLeaveOutSpecialistsAndLlmsThatMayNotRun() {
        Contract scale = Contract.newBuilder().setId("scale").build();
        Contract model =
                Contract.newBuilder().setId("model").setKind(Contract.Kind.LLM).build();
        Contract other = Contract.newBuilder().setId("other").build();
        PlanRequest request = PlanRequest.newBuilder()
                .setConstraints(Constraints.newBuilder().addExcludedSpecialists("other"))
                .build();
        Contracts left = new PlanningRequest(request, Contracts.of(scale, model, other), Instant.MAX)
                .withinConstraints()
                .contracts();
        assertThat(left.all()).containsExactly(scale);
    }

    @Test
    void aPlanNamesTheWholeCatalogueAlsoWhereConstraintsLeaveAPart() {
        PlanRequest request = PlanRequest.newBuilder()
                .setConstraints(dev.pinfactory.proto.v1.Constraints.newBuilder().addExcludedSpecialists("redactor"))
                .build();
        PlanningRequest narrowed = new PlanningRequest(request, TestingCards.ALL, Instant.MAX).withinConstraints();
        assertThat(narrowed.catalogDigest()).isEqualTo(TestingCards.ALL.digest());
    }
}
