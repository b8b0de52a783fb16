package dev.pinfactory.router.service;

import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.plan.PlanDiff;
import dev.pinfactory.proto.v1.CardSurroundings;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.SimilarSpecialist;
import dev.pinfactory.router.models.RouterModels;
import dev.pinfactory.router.models.SimilarCard;
import dev.pinfactory.router.planner.PlanOutcome;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import dev.pinfactory.router.planner.Planner;
import dev.pinfactory.router.planner.PlanningRequest;
import java.time.Instant;

/** One card beside the catalogue of a moment: what it is near to, and what the router plans without it and with it. */
final class Trial {
    private static final int NEAREST = 5;

    private final Contract card;
    private final Contracts without;
    private final Contracts with;
    private final RouterModels models;
    private final Planner planner;

    /**
     * @param without the catalogue as it is
     * @param with the catalogue with the card
     * @param models for this trial alone
     * @param planner on these models, which remembers nothing
     */
    Trial(Contract card, Contracts without, Contracts with, RouterModels models, Planner planner) {
        this.card = card;
        this.without = without;
        this.with = with;
        this.models = models;
        this.planner = planner;
    }

    CardSurroundings surroundings() {
        CardSurroundings.Builder surroundings = CardSurroundings.newBuilder()
                .setReplaces(without.find(card.getId()).isPresent())
                .setCatalogDigest(without.digest());
        models.nearest(card, without, NEAREST).stream().map(Trial::message).forEach(surroundings::addNearest);
        return surroundings.build();
    }

    private static SimilarSpecialist message(SimilarCard similar) {
        return SimilarSpecialist.newBuilder()
                .setSpecialist(similar.contract().getId())
                .setSimilarity(similar.similarity())
                .setSameTypes(similar.sameTypes())
                .setNearlyTheSame(similar.nearlyTheSame())
                .build();
    }

    /** What becomes of one request; that it can't be planned is an answer too. */
    PlanChange change(PlanRequest request, Instant deadline) {
        PlanChange.Builder change = PlanChange.newBuilder();
        try {
            before(change, planner.plan(new PlanningRequest(request, without, deadline)));
            after(change, planner.plan(new PlanningRequest(request, with, deadline)));
        } catch (PinfactoryException e) {
            return PlanChange.newBuilder()
                    .setKind(PlanChange.Kind.NOT_PLANNED)
                    .setError(e.code() + ": " + e.getMessage())
                    .build();
        }
        return change.setKind(kind(change, request.getInstruction())).build();
    }

    private static void before(PlanChange.Builder change, PlanOutcome outcome) {
        switch (outcome) {
            case Planned planned -> change.setPlanBefore(planned.plan());
            case Refused refused -> change.setRefusalBefore(refused.refusal());
            case Passed passed -> throw new IllegalStateException("a planner that passes stands alone");
        }
    }

    private static void after(PlanChange.Builder change, PlanOutcome outcome) {
        switch (outcome) {
            case Planned planned -> change.setPlanAfter(planned.plan());
            case Refused refused -> change.setRefusalAfter(refused.refusal());
            case Passed passed -> throw new IllegalStateException("a planner that passes stands alone");
        }
    }

    private static PlanChange.Kind kind(PlanChange.Builder change, String instruction) {
        if (!change.hasPlanBefore()) {
            return change.hasPlanAfter() ? PlanChange.Kind.NEWLY_PLANNED : PlanChange.Kind.UNCHANGED;
        }
        if (!change.hasPlanAfter()) {
            return PlanChange.Kind.NEWLY_REFUSED;
        }
        return doTheSame(change.getPlanBefore(), change.getPlanAfter(), instruction)
                ? PlanChange.Kind.UNCHANGED
                : PlanChange.Kind.OTHER_PLAN;
    }

    private static boolean doTheSame(Plan one, Plan other, String instruction) {
        return PlanDiff.between(one, instruction, other, instruction).isEmpty();
    }
}
