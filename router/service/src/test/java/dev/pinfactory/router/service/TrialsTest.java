package dev.pinfactory.router.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pinfactory.encoder.SentenceEncoder;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Card;
import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.InputDescription;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.Port;
import dev.pinfactory.proto.v1.SimilarSpecialist;
import dev.pinfactory.proto.v1.Step;
import dev.pinfactory.proto.v1.TryCardRequest;
import dev.pinfactory.proto.v1.TryCardResponse;
import dev.pinfactory.proto.v1.TypeDeclaration;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.planner.Cascade;
import dev.pinfactory.router.planner.EncoderPlanner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Cards that take no traffic, beside the shipped router's plans. */
class TrialsTest {
    private static final RouterModels MODELS = RouterModels.shipped(SentenceEncoder.shared());

    private static final Contract WEIGHER = contract(
            "weigher",
            "extract.weight",
            "Reads weight and carrier from a waybill.",
            "fields",
            "How heavy is this shipment?",
            "Which carrier brings it?",
            "Read the weight.");
    private static final Contract TONE = contract(
            "tone",
            "classify.tone",
            "Tells whether a letter sounds friendly or angry.",
            "labels",
            "What is the tone of the letter?",
            "Is the writer angry?",
            "How does he sound?");
    /** The same in other words. */
    private static final Contract MOOD = contract(
            "mood",
            "classify.mood",
            "Says if a letter sounds angry or friendly.",
            "labels",
            "Does the letter sound angry?",
            "Which tone does the writer use?",
            "Is he friendly?");

    private static final Contract STAMPS = contract(
            "stamps",
            "value.stamps",
            "Estimates what a collector pays for a postage stamp.",
            "score",
            "What is this stamp worth?",
            "Estimate the value of the stamp.");

    private static final PlanRequest WEIGH = request("How heavy is this shipment?", "waybill");
    private static final PlanRequest VALUE = request("What is this stamp worth?", "stamp");

    private static Contract contract(String id, String capability, String summary, String output, String... examples) {
        return Contract.newBuilder()
                .setId(id)
                .setCapability(capability)
                .setSummary(summary)
                .addAllExamples(List.of(examples))
                .addInputs(Port.newBuilder().setName("text").setType("text"))
                .addOutputs(Port.newBuilder().setName("result").setType(output))
                .addAcceptsDataClasses("*")
                .setKind(Contract.Kind.MODEL)
                .build();
    }

    private static PlanRequest request(String instruction, String input) {
        return PlanRequest.newBuilder()
                .setInstruction(instruction)
                .addInputs(InputDescription.newBuilder().setName(input).setType("text"))
                .build();
    }

    private static Card card(Contract contract) {
        return Card.newBuilder()
                .setContract(contract)
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .build();
    }

    private static Trials trials(int maxConcurrent, Contract... catalogue) {
        return new Trials(
                () -> MODELS,
                models -> new Cascade(
                        new EncoderPlanner(models.plannerModels(), Clock.systemUTC()), Optional.empty(), 0.2),
                () -> Contracts.of(catalogue),
                Duration.ofSeconds(20),
                maxConcurrent,
                Clock.systemUTC());
    }

    private record Heard(CardSurroundings surroundings, List<PlanChange> changes) {}

    private static Heard heard(Trials trials, Card card, PlanRequest... requests) {
        List<TryCardResponse> all = new ArrayList<>();
        try {
            trials.tryCard(asking(card, requests), Duration.ofMinutes(1), all::add);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(all.getFirst().hasSurroundings()).isTrue();
        return new Heard(
                all.getFirst().getSurroundings(),
                all.stream().skip(1).map(TryCardResponse::getChange).toList());
    }

    private static TryCardRequest asking(Card card, PlanRequest... requests) {
        return TryCardRequest.newBuilder()
                .setCard(card)
                .addAllRequests(List.of(requests))
                .build();
    }

    private static PinfactoryException refusal(Trials trials, TryCardRequest request, Duration left) {
        PinfactoryException refusal =
                catchThrowableOfType(PinfactoryException.class, () -> trials.tryCard(request, left, response -> true));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static List<String> specialists(Plan plan) {
        return plan.getStepsList().stream().map(Step::getSpecialist).toList();
    }

    @Test
    void aCardForSomethingElseChangesNoPlan() {
        Heard heard = heard(trials(1, WEIGHER, TONE), card(STAMPS), WEIGH);
        assertThat(heard.changes()).singleElement().satisfies(change -> {
            assertThat(change.getKind()).isEqualTo(PlanChange.Kind.UNCHANGED);
            assertThat(specialists(change.getPlanAfter())).containsExactly("weigher");
        });
        assertThat(heard.surroundings().getReplaces()).isFalse();
        assertThat(heard.surroundings().getNearestList()).noneMatch(SimilarSpecialist::getNearlyTheSame);
        assertThat(heard.surroundings().getCatalogDigest())
                .isEqualTo(Contracts.of(WEIGHER, TONE).digest());
    }

    @Test
    void aCardThatTakesAnothersWorkChangesThePlan() {
        PlanRequest both =
                request("Read the weight from the waybill, and tell me whether the letter sounds angry.", "letter")
                        .toBuilder()
                        .addInputs(
                                InputDescription.newBuilder().setName("waybill").setType("text"))
                        .build();
        Contract sharper = MOOD.toBuilder()
                .addExamples("Tell me whether the letter sounds angry.")
                .build();
        PlanChange change =
                heard(trials(1, WEIGHER, TONE), card(sharper), both).changes().getFirst();
        assertThat(specialists(change.getPlanBefore())).containsExactlyInAnyOrder("weigher", "tone");
        assertThat(specialists(change.getPlanAfter())).containsExactlyInAnyOrder("weigher", "mood");
        assertThat(change.getKind()).isEqualTo(PlanChange.Kind.OTHER_PLAN);
    }

    @Test
    void aCardThatMakesARequestPossibleIsNoLoss() {
        PlanChange change =
                heard(trials(1, WEIGHER), card(STAMPS), VALUE).changes().getFirst();
        assertThat(change.getKind()).isEqualTo(PlanChange.Kind.NEWLY_PLANNED);
        assertThat(change.hasRefusalBefore()).isTrue();
        assertThat(specialists(change.getPlanAfter())).containsExactly("stamps");
    }

    @Test
    void anotherCardOfTheSameIdIsLookedAtInItsPlace() {
        Contract.Builder wantsPictures = WEIGHER.toBuilder();
        wantsPictures.getInputsBuilder(0).setType("image");
        Heard heard = heard(trials(1, WEIGHER, TONE), card(wantsPictures.build()), WEIGH);
        assertThat(heard.surroundings().getReplaces()).isTrue();
        assertThat(heard.surroundings().getNearestList())
                .extracting(SimilarSpecialist::getSpecialist)
                .containsExactly("tone");
        assertThat(heard.changes().getFirst().getKind()).isEqualTo(PlanChange.Kind.NEWLY_REFUSED);
        assertThat(heard.changes().getFirst().hasRefusalAfter()).isTrue();
    }

    @Test
    void otherWordsForTheSameAreNearlyTheSame() {
        SimilarSpecialist nearest =
                heard(trials(1, WEIGHER, TONE), card(MOOD)).surroundings().getNearest(0);
        assertThat(nearest.getSpecialist()).isEqualTo("tone");
        assertThat(nearest.getSameTypes()).isTrue();
        assertThat(nearest.getNearlyTheSame()).as("%s", nearest).isTrue();

        Contract.Builder table = MOOD.toBuilder();
        table.getOutputsBuilder(0).setType("table");
        SimilarSpecialist other = heard(trials(1, WEIGHER, TONE), card(table.build()))
                .surroundings()
                .getNearest(0);
        assertThat(other.getSimilarity()).isEqualTo(nearest.getSimilarity());
        assertThat(other.getNearlyTheSame()).as("gives something else").isFalse();
    }

    @Test
    void aRequestThatCanNotBePlannedIsNoEndOfTheOthers() {
        List<PlanChange> changes = heard(trials(1, WEIGHER), card(STAMPS), request(" ", "waybill"), WEIGH)
                .changes();
        assertThat(changes.get(0).getKind()).isEqualTo(PlanChange.Kind.NOT_PLANNED);
        assertThat(changes.get(0).getError()).contains("INVALID_ARGUMENT", "instruction");
        assertThat(changes.get(1).getKind()).isEqualTo(PlanChange.Kind.UNCHANGED);
    }

    @Test
    void everythingThatIsWrongWithACardIsSaidByField() {
        Card bad = Card.newBuilder()
                .setContract(STAMPS.toBuilder()
                        .setId("Not an id")
                        .clearOutputs()
                        .addInputs(Port.newBuilder().setName("x").setType("smell")))
                .build();
        PinfactoryException refusal = refusal(trials(1, WEIGHER), asking(bad), Duration.ofSeconds(9));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CARD_INVALID);
        assertThat(refusal.violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "card.contract.id", "card.contract.outputs", "card.contract.inputs[1].type", "card.version");
    }

    @Test
    void aTypeThatTheCatalogueHasOtherwiseIsRefused() {
        Contract declares = WEIGHER.toBuilder()
                .addTypes(TypeDeclaration.newBuilder().setName("acme/crate").setParent("fields"))
                .build();
        Contract differs = STAMPS.toBuilder()
                .addTypes(TypeDeclaration.newBuilder().setName("acme/crate").setParent("record"))
                .build();
        assertThat(refusal(trials(1, declares), asking(card(differs)), Duration.ofSeconds(9))
                        .violations())
                .extracting(FieldViolation::field)
                .containsExactly("card.contract.types");
    }

    @Test
    void aTrialHasABoundAndADeadline() {
        PlanRequest[] many = new PlanRequest[Trials.MAX_REQUESTS + 1];
        java.util.Arrays.fill(many, WEIGH);
        assertThat(refusal(trials(1, WEIGHER), asking(card(STAMPS), many), Duration.ofSeconds(9))
                        .violations())
                .extracting(FieldViolation::field)
                .containsExactly("requests");
        assertThat(refusal(trials(1, WEIGHER), asking(card(STAMPS), WEIGH), Duration.ZERO)
                        .code())
                .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void whoeverDoesNotListenAnyMoreIsPlannedNothingFor() throws Exception {
        List<TryCardResponse> heard = new ArrayList<>();
        trials(1, WEIGHER).tryCard(asking(card(STAMPS), WEIGH, WEIGH), Duration.ofMinutes(1), response -> {
            heard.add(response);
            return heard.size() < 2;
        });
        assertThat(heard).hasSize(2);
    }

    @Test
    void oneTrialTooManyIsRefusedWithAWait() throws Exception {
        Trials trials = trials(1, WEIGHER);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        var running = CompletableFuture.runAsync(() -> {
            try {
                trials.tryCard(asking(card(STAMPS)), Duration.ofMinutes(1), response -> {
                    begun.countDown();
                    return release.await(20, TimeUnit.SECONDS);
                });
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        PinfactoryException refusal = refusal(trials, asking(card(STAMPS)), Duration.ofSeconds(9));
        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.retryAfter()).isPresent();
        release.countDown();
        running.get(20, TimeUnit.SECONDS);
        assertThat(heard(trials, card(STAMPS)).changes()).isEmpty();
    }
}
