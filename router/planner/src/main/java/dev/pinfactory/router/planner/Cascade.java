package dev.pinfactory.router.planner;

import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.Refusal;
import dev.pinfactory.router.planner.PlanOutcome.Passed;
import dev.pinfactory.router.planner.PlanOutcome.Planned;
import dev.pinfactory.router.planner.PlanOutcome.Refused;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks the cheapest planner first: the encoder; then, if it is unsure and the caller allows it, an LLM; otherwise a refusal that names what was not
 * understood. A failing LLM never changes more than the refusal's wording.
 */
public final class Cascade implements Planner {
    private final Planner encoder;
    private final Optional<Planner> llm;
    private final double minPlanConfidence;

    /**
     * @param minPlanConfidence the threshold for callers that set none
     */
    public Cascade(Planner encoder, Optional<Planner> llm, double minPlanConfidence) {
        this.encoder = encoder;
        this.llm = llm;
        this.minPlanConfidence = minPlanConfidence;
    }

    @Override
    public PlanOutcome plan(PlanningRequest unconstrained) {
        PlanningRequest request = unconstrained.withinConstraints();
        double threshold = request.request().getConstraints().hasMinPlanConfidence()
                ? request.request().getConstraints().getMinPlanConfidence()
                : minPlanConfidence;
        return switch (encoder.plan(request)) {
            case Planned planned ->
                planned.plan().getConfidence() >= threshold
                        ? planned
                        : escalate(request, lowConfidence(planned.plan(), threshold));
            case Refused refused -> escalate(request, refused.refusal());
            case Passed passed -> escalate(request, notUnderstood());
        };
    }

    private PlanOutcome escalate(PlanningRequest request, Refusal refusal) {
        if (llm.isEmpty() || !request.request().getConstraints().getMayEscalate() || !helps(refusal)) {
            return new Refused(refusal);
        }
        try {
            return switch (llm.get().plan(request)) {
                case Planned planned -> planned;
                case Refused refused -> refusedBy(refusal, refused.refusal().getMessage(), refused.cost());
                case Passed passed -> new Refused(refusal);
            };
        } catch (PinfactoryException e) {
            return refusedBy(refusal, String.valueOf(e.getMessage()), Cost.getDefaultInstance());
        }
    }

    /** Another planner can read better; it can't supply an input or a permission. */
    private static boolean helps(Refusal refusal) {
        return switch (refusal.getReason()) {
            case NOT_UNDERSTOOD, NO_SPECIALIST, LOW_CONFIDENCE, UNKNOWN_LANGUAGE -> true;
            case MISSING_INPUT, NOT_ALLOWED, REASON_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static Refused refusedBy(Refusal encoder, String llmMessage, Cost cost) {
        String message = encoder.getMessage() + "; the language model did not help: " + llmMessage;
        return new Refused(encoder.toBuilder().setMessage(message).build(), cost);
    }

    private static Refusal lowConfidence(Plan bestGuess, double threshold) {
        return Refusal.newBuilder()
                .setReason(Refusal.Reason.LOW_CONFIDENCE)
                .setMessage(String.format(
                        Locale.ROOT,
                        "the best plan has a confidence of %.2f, and %.2f is wanted",
                        bestGuess.getConfidence(),
                        threshold))
                .addAllUnmet(bestGuess.getUnmetList())
                .setBestGuess(bestGuess)
                .build();
    }

    private static Refusal notUnderstood() {
        return Refusal.newBuilder()
                .setReason(Refusal.Reason.NOT_UNDERSTOOD)
                .setMessage("nothing in the instruction asks for something that a specialist does")
                .build();
    }
}
