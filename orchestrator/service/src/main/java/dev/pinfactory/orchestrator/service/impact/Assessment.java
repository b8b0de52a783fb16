package dev.pinfactory.orchestrator.service.impact;

import dev.pinfactory.orchestrator.service.plan.RouterClient;
import dev.pinfactory.orchestrator.service.store.PinStore;
import dev.pinfactory.orchestrator.service.store.TaskStore;
import dev.pinfactory.orchestrator.service.task.Waiter;
import dev.pinfactory.proto.card.Compatibility;
import dev.pinfactory.proto.card.Contracts;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.FieldViolation;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.task.TaskValidator;
import dev.pinfactory.proto.v1.AssessCardRequest;
import dev.pinfactory.proto.v1.AssessmentProgress;
import dev.pinfactory.proto.v1.CardImpact;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.GoldenTask;
import dev.pinfactory.proto.v1.PlanRequest;
import dev.pinfactory.proto.v1.TryCardRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One assessment: collects what is to be planned, has it planned batch by batch, and keeps of the answers only what is told. */
final class Assessment {
    /** A second's work for the router, so that progress moves and nobody is planned for who has left. */
    private static final int BATCH = 32;

    /** A message has at most 16 MiB, and a request may have a large schema. */
    private static final int BATCH_BYTES = 4 << 20;

    private final RouterClient router;
    private final Clock clock;
    private final Contracts now;
    private final Contracts with;
    private final AssessCardRequest request;
    private final PinnedQuestions pinned;
    private final GoldenQuestions golden;
    private final RecentQuestions recent;
    private final Questions questions = new Questions();

    Assessment(
            RouterClient router,
            TaskStore tasks,
            PinStore pins,
            Clock clock,
            String tenant,
            Contracts now,
            Contracts with,
            AssessCardRequest request) {
        this.router = router;
        this.clock = clock;
        this.now = now;
        this.with = with;
        this.request = request;
        this.pinned = new PinnedQuestions(pins, tenant, now, with);
        this.golden = new GoldenQuestions(pins, tenant);
        this.recent =
                new RecentQuestions(tasks, tenant, AssessmentRules.recent(request), AssessmentRules.examples(request));
    }

    CardImpact run(Instant deadline, Waiter waiter, Consumer<AssessmentProgress> progress) throws InterruptedException {
        askGolden();
        pinned.ask(questions);
        recent.ask(questions);
        Contract contract = request.getCard().getContract();
        CardImpact.Builder impact = CardImpact.newBuilder().setSpecialist(contract.getId());
        now.find(contract.getId())
                .ifPresent(before -> impact.addAllIncompatible(Phrases.of(Compatibility.broken(before, contract))));
        plan(impact, deadline, waiter, progress);
        pinned.tell(impact);
        golden.tell(impact);
        recent.tell(impact);
        return impact.build();
    }

    private void askGolden() {
        List<FieldViolation> wrong = new ArrayList<>();
        TaskValidator validator = new TaskValidator(with);
        Instant today = clock.instant();
        for (GoldenTask task : request.getGoldenTasksList()) {
            golden.ask(task, validator, today, questions, wrong);
        }
        AssessmentRules.refuse(wrong);
    }

    /** At least one call, for the card's surroundings. */
    private void plan(CardImpact.Builder impact, Instant deadline, Waiter waiter, Consumer<AssessmentProgress> progress)
            throws InterruptedException {
        List<PlanRequest> all = questions.requests();
        int planned = 0;
        do {
            if (waiter.gone()) {
                throw new PinfactoryException(ErrorCode.CANCELLED, "nobody waits for the assessment any more");
            }
            progress.accept(AssessmentProgress.newBuilder()
                    .setPlanned(planned)
                    .setTotal(all.size())
                    .build());
            List<PlanRequest> batch = batch(all.subList(planned, all.size()));
            RouterClient.Tried tried = router.tryCard(
                    TryCardRequest.newBuilder()
                            .setCard(request.getCard())
                            .addAllRequests(batch)
                            .build(),
                    deadline);
            impact.setSurroundings(tried.surroundings());
            for (int i = 0; i < batch.size(); i++) {
                questions.answer(batch.get(i), tried.changes().get(i));
            }
            planned += batch.size();
        } while (planned < all.size());
    }

    private static List<PlanRequest> batch(List<PlanRequest> left) {
        int bytes = 0;
        int size = 0;
        while (size < left.size() && size < BATCH) {
            bytes += left.get(size).getSerializedSize();
            if (size > 0 && bytes > BATCH_BYTES) {
                break;
            }
            size++;
        }
        return left.subList(0, size);
    }
}
