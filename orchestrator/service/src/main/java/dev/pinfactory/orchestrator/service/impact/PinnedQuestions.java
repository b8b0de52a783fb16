package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.orchestrator.service.pin.CardDifferences;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanImpact;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import dev.pinfactory.proto.v1.PlanChange;
import dev.pinfactory.proto.v1.PlanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tenant's pinned plans: whether they run with the card, and what planning their tasks anew comes to. Of a plan no more is held than what is told of it. */
final class PinnedQuestions {
    private static final int PAGE = 200;

    private final PinStore store;
    private final String tenant;
    private final Contracts now;
    private final Contracts with;
    private final List<PinnedPlanImpact.Builder> impacts = new ArrayList<>();

    PinnedQuestions(PinStore store, String tenant, Contracts now, Contracts with) {
        this.store = store;
        this.tenant = tenant;
        this.now = now;
        this.with = with;
    }

    /** A plan that was looked at, and what is told of it. */
    private record Looked(PinnedPlan plan, PinnedPlanImpact.Builder impact) {}

    /** The versions of a name follow each other, so the last one before another name is what the name stands for. */
    void ask(Questions questions) {
        Optional<Looked> latest = Optional.empty();
        Optional<PinReference> last = Optional.empty();
        List<PinnedPlanSummary> page;
        do {
            page = store.list(tenant, Optional.empty(), last, PAGE);
            for (PinnedPlanSummary summary : page) {
                last = Optional.of(PinReference.of(summary.getName(), summary.getVersion()));
                Optional<Looked> looked =
                        last.flatMap(one -> store.find(tenant, one)).map(this::look);
                if (latest.isPresent() && !latest.get().plan().getName().equals(summary.getName())) {
                    replan(latest.get(), questions);
                    latest = Optional.empty();
                }
                latest = looked.isPresent() ? looked : latest;
            }
        } while (page.size() == PAGE);
        latest.ifPresent(one -> replan(one, questions));
    }

    private Looked look(PinnedPlan pinned) {
        List<FieldViolation> broken = CardDifferences.between(pinned, with);
        PinnedPlanImpact.Builder impact = PinnedPlanImpact.newBuilder()
                .setName(pinned.getName())
                .setVersion(pinned.getVersion())
                .setInstruction(Phrases.instruction(pinned.getInstruction()))
                .setRunsBefore(CardDifferences.between(pinned, now).isEmpty())
                .setRunsAfter(broken.isEmpty())
                .addAllBroken(Phrases.of(broken));
        impacts.add(impact);
        return new Looked(pinned, impact);
    }

    private static void replan(Looked looked, Questions questions) {
        String instruction = looked.plan().getInstruction();
        PinnedPlanImpact.Builder impact = looked.impact();
        questions.ask(
                request(looked.plan()),
                change -> impact.setReplanned(change.getKind()).addAllDifferences(Phrases.of(change, instruction)));
    }

    /** Its task as it was pinned. */
    private static PlanRequest request(PinnedPlan pinned) {
        PlanRequest.Builder request =
                PlanRequest.newBuilder().setInstruction(pinned.getInstruction()).addAllInputs(pinned.getInputsList());
        if (pinned.hasOutputSchema()) {
            request.setOutputSchema(pinned.getOutputSchema());
        }
        return request.build();
    }

    void tell(CardImpact.Builder impact) {
        impact.setPinnedPlansSeen(impacts.size());
        impacts.stream().filter(PinnedQuestions::changes).forEach(impact::addPinnedPlans);
    }

    private static boolean changes(PinnedPlanImpact.Builder impact) {
        boolean sameWhenReplanned = impact.getReplanned() == PlanChange.Kind.UNCHANGED
                || impact.getReplanned() == PlanChange.Kind.KIND_UNSPECIFIED;
        return impact.getRunsBefore() != impact.getRunsAfter() || !sameWhenReplanned;
    }
}
