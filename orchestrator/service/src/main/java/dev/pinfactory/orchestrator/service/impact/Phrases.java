package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.plan.PlanDiff;
import dev.pinfactory.proto.plan.PlanDifference;
import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.CardDifference;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Differences in plain words, so many of them that a report of thousands still fits into one answer. */
final class Phrases {
    private static final int MOST = 10;
    private static final int LONGEST = 300;
    private static final int SHOWN_INSTRUCTION = 200;

    private Phrases() {}

    /** From what is planned without the card to what is planned with it. */
    static List<String> of(PlanChange change, String instruction) {
        return switch (change.getKind()) {
            case OTHER_PLAN -> between(change.getPlanBefore(), instruction, change.getPlanAfter(), instruction);
            case NEWLY_PLANNED -> planned(change.getPlanAfter());
            case NEWLY_REFUSED -> refused(change, instruction);
            case NOT_PLANNED -> List.of(notPlanned(change));
            case UNCHANGED, KIND_UNSPECIFIED, UNRECOGNIZED -> List.of();
        };
    }

    private static List<String> planned(Plan plan) {
        List<String> all = new ArrayList<>();
        plan.getStepsList()
                .forEach(step -> all.add("step '" + step.getId() + "': is new, specialist " + step.getSpecialist()));
        plan.getUnmetList().forEach(unmet -> all.add("\"" + unmet.getText() + "\": stays unmet"));
        return shown(all);
    }

    private static List<String> refused(PlanChange change, String instruction) {
        Refusal refusal = change.getRefusalAfter();
        String why = "is refused, " + refusal(refusal);
        boolean onlyLessSure = refusal.hasBestGuess()
                && between(change.getPlanBefore(), instruction, refusal.getBestGuess(), instruction)
                        .isEmpty();
        return onlyLessSure ? List.of(why, "the best guess is the plan of today") : List.of(why);
    }

    static String notPlanned(PlanChange change) {
        return shortened("could not be planned, " + change.getError());
    }

    static String refusal(Refusal refusal) {
        return shortened(refusal.getReason() + ": " + refusal.getMessage());
    }

    static List<String> between(Plan one, String instruction, Plan other, String otherInstruction) {
        return shown(PlanDiff.between(one, instruction, other, otherInstruction).stream()
                .map(PlanDifference::toString)
                .toList());
    }

    private static List<String> shown(List<String> all) {
        List<String> shown =
                new ArrayList<>(all.stream().limit(MOST).map(Phrases::shortened).toList());
        if (all.size() > MOST) {
            shown.add("and " + (all.size() - MOST) + " more");
        }
        return shown;
    }

    static List<CardDifference> of(List<FieldViolation> violations) {
        return violations.stream()
                .limit(MOST)
                .map(violation -> CardDifference.newBuilder()
                        .setField(violation.field())
                        .setDescription(shortened(violation.description()))
                        .build())
                .toList();
    }

    static String instruction(String instruction) {
        return CodePoints.shortened(instruction, SHOWN_INSTRUCTION);
    }

    private static String shortened(String text) {
        return CodePoints.shortened(text, LONGEST);
    }
}
