package dev.pinfactory.orchestrator.service.plan;

import dev.pinfactory.proto.type.CodePoints;
import dev.pinfactory.proto.v1.Amount;
import dev.pinfactory.proto.v1.Cost;
import dev.pinfactory.proto.v1.Plan;
import dev.pinfactory.proto.v1.PlanResponse;
import dev.pinfactory.proto.v1.Refusal;
import java.util.regex.Pattern;

/** What a router may say of its answer. The plan's steps are checked by their rules; this is about the rest: no word about itself is taken that only the orchestrator can know. */
final class RouterAnswers {
    private static final int MAX_REFUSAL_BYTES = 64 * 1024;
    private static final int MAX_MESSAGE = 2_000;
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private RouterAnswers() {}

    /** A plan that does not pass for the caller's own or for a pinned one. */
    static Plan plan(Plan told) {
        Plan.Planner planner = told.getPlanner();
        boolean routers = planner == Plan.Planner.ENCODER || planner == Plan.Planner.LLM;
        if (routers && told.getPinnedAs().isEmpty()) {
            return told;
        }
        return told.toBuilder()
                .setPlanner(routers ? planner : Plan.Planner.PLANNER_UNSPECIFIED)
                .clearPinnedAs()
                .build();
    }

    /** A refusal that is not larger than a refusal has to be: it is kept with the task. */
    static Refusal refusal(Refusal told) {
        if (told.getSerializedSize() <= MAX_REFUSAL_BYTES) {
            return told;
        }
        return Refusal.newBuilder()
                .setReasonValue(told.getReasonValue())
                .setMessage(CodePoints.shortened(told.getMessage(), MAX_MESSAGE))
                .build();
    }

    /** What planning cost, as far as it is a cost: nothing negative, nothing without an end. */
    static Cost cost(PlanResponse told) {
        Cost cost = told.getCost();
        Cost.Builder taken = Cost.newBuilder().setLlmTokens(Math.clamp(cost.getLlmTokens(), 0, Integer.MAX_VALUE));
        if (Double.isFinite(cost.getCpuSeconds()) && cost.getCpuSeconds() > 0) {
            taken.setCpuSeconds(cost.getCpuSeconds());
        }
        Amount llm = cost.getLlm();
        if (AMOUNT.matcher(llm.getValue()).matches()
                && CURRENCY.matcher(llm.getCurrency()).matches()) {
            taken.setLlm(llm);
        }
        return taken.build();
    }
}
