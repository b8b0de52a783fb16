package dev.pinfactory.router.planner;

import dev.pinfactory.proto.plan.Violation;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.proto.v1.Refusal.Reason;
import dev.pinfactory.proto.v1.UnmetRequest;
import dev.pinfactory.router.planner.bind.PlanDraft;
import dev.pinfactory.router.planner.bind.PlanDraft.Unbound;
import java.util.List;
import java.util.stream.Collectors;

/** Refusals in words that a caller can act on. */
final class Refusals {
    private Refusals() {}

    static Refusal unknownLanguage() {
        return refusal(
                Reason.UNKNOWN_LANGUAGE,
                "the instruction is not in a language that the planner knows; it knows English",
                List.of());
    }

    static Refusal notUnderstood() {
        return refusal(
                Reason.NOT_UNDERSTOOD,
                "nothing in the instruction asks for something that a specialist does",
                List.of());
    }

    static Refusal noSpecialist(List<UnmetRequest> unmet) {
        return refusal(Reason.NO_SPECIALIST, "no registered and allowed specialist does this: " + quoted(unmet), unmet);
    }

    /** Specialists were found, and none of them can be fed. */
    static Refusal unbound(List<UnmetRequest> unmet, PlanDraft draft) {
        boolean missingInput = !draft.unbound().isEmpty()
                && draft.unbound().stream()
                        .allMatch(unbound -> unbound.missingInput().isPresent());
        if (draft.unbound().isEmpty()) {
            return unmet.isEmpty() ? notUnderstood() : noSpecialist(unmet);
        }
        String reasons =
                draft.unbound().stream().map(Unbound::reason).distinct().collect(Collectors.joining("; "));
        return refusal(missingInput ? Reason.MISSING_INPUT : Reason.NOT_UNDERSTOOD, reasons, unmet);
    }

    static Refusal schemaUnfilled(List<UnmetRequest> unmet) {
        return refusal(
                Reason.NO_SPECIALIST,
                "nothing that the chosen specialists give fits a place of the output schema",
                unmet);
    }

    /** The plan breaks rules. Where these are about permission the caller is told so; anything else means that it was not understood well enough. */
    static Refusal invalid(Plan plan, List<Violation> violations, boolean notAllowed, List<UnmetRequest> unmet) {
        String messages = violations.stream()
                .map(violation -> violation.step().isEmpty()
                        ? violation.message()
                        : "step " + violation.step() + ": " + violation.message())
                .distinct()
                .limit(5)
                .collect(Collectors.joining("; "));
        return refusal(
                        notAllowed ? Reason.NOT_ALLOWED : Reason.LOW_CONFIDENCE,
                        "the best plan may not run: " + messages,
                        unmet)
                .toBuilder()
                .setBestGuess(plan)
                .build();
    }

    private static String quoted(List<UnmetRequest> unmet) {
        return unmet.stream().map(request -> "\"" + request.getText() + "\"").collect(Collectors.joining(", "));
    }

    private static Refusal refusal(Reason reason, String message, List<UnmetRequest> unmet) {
        return Refusal.newBuilder()
                .setReason(reason)
                .setMessage(message)
                .addAllUnmet(unmet)
                .build();
    }
}
