package dev.pinfactory.orchestrator.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pinfactory.orchestrator.service.testing.Plans;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.StepReport;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for every store of tasks. */
abstract class TaskStoreContract {
    private static final Retention MONTH = new Retention(Duration.ofDays(30), Map.of());
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicLong CLOCK = new AtomicLong();

    private String tenant;
    private Instant now;
    private TaskStore store;
    private OutboxReader outbox;

    abstract DataSource dataSource();

    @BeforeEach
    void open() {
        Flyway.configure()
                .dataSource(dataSource())
                .locations("classpath:db/orchestrator")
                .load()
                .migrate();
        JdbcClient jdbc = JdbcClient.create(dataSource());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource()));
        store = new JdbcTaskStore(jdbc, transaction);
        outbox = new JdbcOutboxReader(jdbc, transaction);
        tenant = "tenant-" + UUID.randomUUID();
        // Each test has its own day, so that leases of one are nothing to another.
        now = START.plus(Duration.ofDays(CLOCK.incrementAndGet()));
    }

    @Test
    void anAcceptedTaskIsThereWithItsFirstEvent() {
        Claim claim = accept(task("a"), "me");
        assertThat(claim.epoch()).isEqualTo(1);
        assertThat(store.find(tenant, claim.taskId()).orElseThrow().getState()).isEqualTo(TaskResult.State.QUEUED);
        assertThat(store.events(tenant, claim.taskId(), 0, 10)).hasSize(1);
        OpenTask open = store.load(claim);
        assertThat(open.task().getInstruction()).isEqualTo("a");
        assertThat(open.lastSequence()).isEqualTo(1);
        assertThat(open.planned()).isEmpty();
    }

    @Test
    void anotherTenantsTaskDoesNotExist() {
        Claim claim = accept(task("a"), "me");
        assertThat(store.find("other", claim.taskId())).isEmpty();
        assertThat(store.events("other", claim.taskId(), 0, 10)).isEmpty();
        assertThat(store.requestCancel("other", claim.taskId())).isFalse();
        assertThat(store.delete("other", claim.taskId(), now)).isEmpty();
        assertThat(store.list("other", TaskFilter.ALL, 10)).isEmpty();
        assertThat(store.find(tenant, claim.taskId())).isPresent();
    }

    @Test
    void whatWasAskedForIsReadAsItWasAccepted() {
        Claim claim = accept(task("a"), "me");
        assertThat(store.request(tenant, claim.taskId()))
                .contains(store.load(claim).task());
        assertThat(store.request("other", claim.taskId())).isEmpty();
        assertThat(store.request(tenant, "nothing")).isEmpty();
    }

    @Test
    void aTaskGoesOnWithWhatWasCommitted() {
        Claim claim = accept(task("a"), "me");
        PlanCommit plan =
                PlanCommit.newBuilder().setPlan(Plans.chain("first", "second")).build();
        TaskResult running = result(claim, TaskResult.State.RUNNING);
        store.commit(claim, Progress.planned(plan, running, List.of(event(claim, 2))));
        store.commit(claim, Progress.of(List.of(step("first")), List.of(stepEnded(claim, 3, "first")), List.of()));
        OpenTask open = store.load(claim);
        assertThat(open.planned()).contains(plan);
        assertThat(open.journal()).containsExactly(step("first"));
        assertThat(open.told()).containsExactly("first");
        assertThat(open.result()).isEqualTo(running);
        assertThat(open.lastSequence()).isEqualTo(3);
    }

    @Test
    void aTaskHasItsPinUntilItIsPlanned() {
        PinnedPlan pin = PinnedPlan.newBuilder().setName("claim").setVersion(2).build();
        NewTask task = newTask(task("a"), Optional.of(pin), Optional.empty());
        Claim claim = ((Acceptance.Accepted) store.accept(task, lease("me"))).claim();
        assertThat(store.load(claim).pinned()).contains(pin);
        PlanCommit plan = PlanCommit.newBuilder().setPlan(Plans.chain("first")).build();
        store.commit(claim, Progress.planned(plan, result(claim, TaskResult.State.RUNNING), List.of(event(claim, 2))));
        assertThat(store.load(claim).planned()).contains(plan);
        assertThat(store.load(claim).pinned()).isEmpty();
    }

    @Test
    void aStepIsCommittedOnce() {
        Claim claim = accept(task("a"), "me");
        store.commit(claim, Progress.of(List.of(step("first")), List.of(), List.of(outboxEvent("1"))));
        assertThatThrownBy(() -> store.commit(
                        claim,
                        Progress.of(List.of(step("first")), List.of(event(claim, 2)), List.of(outboxEvent("2")))))
                .isInstanceOf(RuntimeException.class);
        assertThat(store.events(tenant, claim.taskId(), 0, 10))
                .as("all or nothing")
                .hasSize(1);
        assertThat(ownOutbox()).as("all or nothing").hasSize(1);
    }

    @Test
    void aZombieWritesNothing() {
        Claim zombie = accept(task("a"), "zombie");
        Instant later = now.plus(LEASE).plusMillis(1);
        Claim heir = store.claimAbandoned(new TaskStore.Lease("heir", later.plus(LEASE)), later, 10_000).stream()
                .filter(claim -> claim.taskId().equals(zombie.taskId()))
                .findFirst()
                .orElseThrow();
        assertThat(heir.epoch()).isEqualTo(2);
        Progress late = Progress.of(List.of(step("first")), List.of(event(zombie, 2)), List.of(outboxEvent("1")));
        assertThatThrownBy(() -> store.commit(zombie, late)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> store.load(zombie)).isInstanceOf(FencedException.class);
        store.renew(new TaskStore.Lease("zombie", later.plus(Duration.ofHours(1))), Set.of(zombie.taskId()));
        Instant muchLater = later.plus(LEASE).plusMillis(1);
        assertThat(store.claimAbandoned(new TaskStore.Lease("third", muchLater.plus(LEASE)), muchLater, 10_000))
                .as("the zombie renewed nothing")
                .extracting(Claim::taskId)
                .contains(zombie.taskId());
        assertThat(ownOutbox()).isEmpty();
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        Claim claim = accept(task("a"), "me");
        Instant later = now.plus(LEASE).minusMillis(1);
        store.renew(new TaskStore.Lease("me", later.plus(LEASE)), Set.of(claim.taskId()));
        Instant afterTheFirst = now.plus(LEASE).plusMillis(1);
        assertThat(store.claimAbandoned(new TaskStore.Lease("heir", afterTheFirst.plus(LEASE)), afterTheFirst, 10_000))
                .extracting(Claim::taskId)
                .doesNotContain(claim.taskId());
    }

    @Test
    void onlyOneOfManyClaimsATask() throws Exception {
        Set<String> tasks = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(accept(task("a"), "dead").taskId());
        }
        Instant later = now.plus(LEASE).plusMillis(1);
        List<String> claimed = new ArrayList<>();
        for (List<Claim> claims : inParallel(
                8, i -> store.claimAbandoned(new TaskStore.Lease("heir-" + i, later.plus(LEASE)), later, 10_000))) {
            claims.stream().map(Claim::taskId).filter(tasks::contains).forEach(claimed::add);
        }
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(tasks);
    }

    /** As when its owner was paused in the middle of a transaction: who takes over goes on with the others, and keeps its own leases. */
    @Test
    void aTaskWhoseRowIsLockedDoesNotHoldUpTheClaimOfOthers() throws Exception {
        Claim locked = accept(task("a"), "me");
        Claim free = accept(task("b"), "me");
        Instant later = now.plus(LEASE).plusSeconds(1);
        TaskStore.Lease heir = new TaskStore.Lease("heir", later.plus(LEASE));
        try (Connection owner = dataSource().getConnection();
                PreparedStatement update = owner.prepareStatement("update task set owner = 'me' where id = ?")) {
            owner.setAutoCommit(false);
            update.setString(1, locked.taskId());
            update.executeUpdate();
            assertThat(store.claimAbandoned(heir, later, 10_000))
                    .extracting(Claim::taskId)
                    .contains(free.taskId())
                    .doesNotContain(locked.taskId());
            owner.rollback();
            owner.setAutoCommit(true);
        }
        assertThat(store.claimAbandoned(heir, later, 10_000))
                .extracting(Claim::taskId)
                .contains(locked.taskId());
    }

    @Test
    void anEndedTaskNeverReopens() {
        Claim claim = accept(task("a"), "me");
        store.commit(
                claim, Progress.result(result(claim, TaskResult.State.ENDED), List.of(event(claim, 2)), List.of()));
        assertThatThrownBy(() -> store.commit(
                        claim, Progress.result(result(claim, TaskResult.State.RUNNING), List.of(), List.of())))
                .isInstanceOf(FencedException.class);
        Instant later = now.plus(Duration.ofHours(1));
        assertThat(store.claimAbandoned(new TaskStore.Lease("heir", later.plus(LEASE)), later, 10_000))
                .extracting(Claim::taskId)
                .doesNotContain(claim.taskId());
    }

    @Test
    void aKeyStandsForOneTask() throws Exception {
        String key = "key-" + UUID.randomUUID();
        List<Acceptance> answers = inParallel(16, i -> store.accept(keyed(task("a"), key, "digest"), lease("me")));
        assertThat(answers).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(1);
        String id = answers.stream()
                .filter(Acceptance.Accepted.class::isInstance)
                .map(answer -> ((Acceptance.Accepted) answer).claim().taskId())
                .findFirst()
                .orElseThrow();
        assertThat(answers)
                .filteredOn(Acceptance.Repeated.class::isInstance)
                .hasSize(15)
                .containsOnly(new Acceptance.Repeated(id));
        assertThat(store.accept(keyed(task("b"), key, "other"), lease("me"))).isEqualTo(new Acceptance.OtherBody());
    }

    @Test
    void aKeySaysWhatItWasUsedFor() {
        NewTask task = keyed(task("a"), "k", "digest");
        IdempotencyKey key = task.key().orElseThrow();
        assertThat(store.find(tenant, key, now)).isEmpty();
        store.accept(task, lease("me"));
        assertThat(store.find(tenant, key, now)).contains(new Acceptance.Repeated(task.id()));
        assertThat(store.find("another-" + tenant, key, now)).isEmpty();
        IdempotencyKey other = new IdempotencyKey("k", "other", key.expiresAt());
        assertThat(store.find(tenant, other, now)).contains(new Acceptance.OtherBody());
        assertThat(store.find(tenant, key, key.expiresAt())).isEmpty();
    }

    @Test
    void aKeyEndsAfterItsTime() {
        String key = "key-" + UUID.randomUUID();
        store.accept(keyed(task("a"), key, "digest"), lease("me"));
        now = now.plus(Duration.ofHours(24)).minusSeconds(1);
        assertThat(store.accept(keyed(task("b"), key, "other"), lease("me"))).isInstanceOf(Acceptance.OtherBody.class);
        now = now.plusSeconds(1);
        assertThat(store.accept(keyed(task("b"), key, "other"), lease("me"))).isInstanceOf(Acceptance.Accepted.class);
    }

    @Test
    void theListIsNewestFirstAndFiltered() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            now = now.plusSeconds(1);
            Task labelled = task("a").toBuilder()
                    .putLabels("n", "" + i)
                    .putLabels("k", "x")
                    .build();
            ids.add(accept(labelled, "me").taskId());
        }
        List<TaskSummary> all = store.list(tenant, TaskFilter.ALL, 10);
        assertThat(all).extracting(TaskSummary::getTaskId).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(all.get(0).getLabelsMap()).isEqualTo(Map.of("n", "2", "k", "x"));
        TaskSummary middle = all.get(1);
        Instant at = Instant.ofEpochSecond(
                middle.getCreatedAt().getSeconds(), middle.getCreatedAt().getNanos());
        assertThat(store.list(tenant, TaskFilter.ALL.from(new TaskFilter.Position(at, middle.getTaskId())), 10))
                .extracting(TaskSummary::getTaskId)
                .containsExactly(ids.get(0));
        assertThat(labelled("n=1", "k=x")).extracting(TaskSummary::getTaskId).containsExactly(ids.get(1));
        assertThat(labelled("n=1", "n=2")).isEmpty();
    }

    private List<TaskSummary> labelled(String... labels) {
        TaskFilter filter = new TaskFilter(
                Optional.of(TaskResult.State.QUEUED),
                Optional.empty(),
                Stream.of(labels)
                        .map(label -> label.split("="))
                        .map(label -> new TaskFilter.Label(label[0], label[1]))
                        .collect(Collectors.toSet()),
                Optional.of(START),
                Optional.of(now.plusSeconds(1)),
                Optional.empty());
        return store.list(tenant, filter, 10);
    }

    @Test
    void aCancellationReachesWhoeverRunsTheTask() {
        Claim claim = accept(task("a"), "me");
        assertThat(store.renew(lease("me"), Set.of(claim.taskId()))).isEmpty();
        assertThat(store.requestCancel(tenant, claim.taskId())).isTrue();
        assertThat(store.renew(lease("me"), Set.of(claim.taskId()))).containsExactly(claim.taskId());
    }

    @Test
    void anErasedTaskLeavesNothing() {
        Claim claim = accept(task("a"), "me");
        store.commit(claim, Progress.of(List.of(step("first")), List.of(event(claim, 2)), List.of(outboxEvent("1"))));
        assertThat(store.delete(tenant, claim.taskId(), now)).isPresent();
        assertThat(store.find(tenant, claim.taskId())).isEmpty();
        assertThat(store.events(tenant, claim.taskId(), 0, 10)).isEmpty();
        assertThat(ownOutbox()).isEmpty();
    }

    @Test
    void whoeverHasCopiesOfATaskIsToldThatItWasErased() {
        Task consenting =
                task("a").toBuilder().putLabels("training-consent", "true").build();
        Claim claim = accept(consenting, "me");
        store.commit(claim, Progress.of(List.of(step("first")), List.of(), List.of(outboxEvent("1"))));
        assertThat(store.delete("other", claim.taskId(), now)).isEmpty();
        assertThat(store.delete(tenant, claim.taskId(), now)).isPresent();
        assertThat(store.delete(tenant, claim.taskId(), now)).isEmpty();
        assertThat(ownOutbox())
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getTaskErased().getTaskId()).isEqualTo(claim.taskId()));
    }

    @Test
    void theOutboxIsGaplessAndNeverChangesItsOrder() throws Exception {
        Claim claim = accept(task("a"), "me");
        long before = outbox.read(0, 1_000_000).stream()
                .mapToLong(Event::getSequence)
                .max()
                .orElse(0);
        List<Event> seen = new ArrayList<>();
        long last = before;
        for (int round = 0; round < 5; round++) {
            int of = round;
            inParallel(8, i -> {
                store.commit(
                        claim,
                        Progress.of(List.of(step("s" + of + "-" + i)), List.of(), List.of(outboxEvent(of + "-" + i))));
                return i;
            });
            for (Event event : outbox.read(last, 1_000)) {
                assertThat(event.getSequence()).isEqualTo(last + 1);
                last = event.getSequence();
                seen.add(event);
            }
        }
        assertThat(seen).hasSize(40);
        assertThat(outbox.read(before, 1_000)).isEqualTo(seen);
    }

    @Test
    void whatIsOverLongEnoughIsErasedAndNothingElse() {
        Claim open = accept(task("open"), "me");
        List<Claim> ended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Claim claim = accept(task("ended"), "me");
            store.commit(
                    claim,
                    Progress.result(
                            result(claim, TaskResult.State.ENDED).toBuilder()
                                    .setEndedAt(timestamp(now.plusSeconds(i)))
                                    .build(),
                            List.of(event(claim, 2)),
                            List.of(outboxEvent("end " + i))));
            ended.add(claim);
        }
        Instant before = now.plusSeconds(2);
        int erased = 0;
        int portion = 1;
        while (portion > 0) {
            portion = store.expire(MONTH, before.plus(MONTH.usual()), 1);
            erased += portion;
        }
        assertThat(erased).as("what other tests left counts too").isGreaterThanOrEqualTo(2);
        assertThat(store.find(tenant, ended.get(0).taskId())).isEmpty();
        assertThat(store.events(tenant, ended.get(1).taskId(), 0, 10)).isEmpty();
        assertThat(store.find(tenant, ended.get(2).taskId())).isPresent();
        assertThat(store.find(tenant, open.taskId())).isPresent();
    }

    @Test
    void aTenantMayHaveItsTasksKeptForAnotherTime() {
        Claim claim = accept(task("ended"), "me");
        TaskResult ended = result(claim, TaskResult.State.ENDED).toBuilder()
                .setEndedAt(timestamp(now))
                .build();
        store.commit(claim, Progress.result(ended, List.of(event(claim, 2)), List.of(outboxEvent("end"))));
        Retention shorter = new Retention(MONTH.usual(), Map.of(tenant, Duration.ofDays(1)));
        Retention longer = new Retention(Duration.ofHours(1), Map.of(tenant, Duration.ofDays(2)));
        store.expire(shorter, now.plus(Duration.ofDays(1)), 1_000);
        store.expire(longer, now.plus(Duration.ofDays(2)), 1_000);
        assertThat(store.find(tenant, claim.taskId())).isPresent();
        assertThat(store.expire(shorter, now.plus(Duration.ofDays(1)).plusSeconds(1), 1_000))
                .isOne();
        assertThat(store.find(tenant, claim.taskId())).isEmpty();
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        NewTask first = keyed(task("a"), "k", "digest");
        store.accept(first, lease("me"));
        store.expire(MONTH, now.plus(Duration.ofHours(23)), 10);
        assertThat(store.accept(keyed(task("a"), "k", "digest"), lease("me")))
                .isEqualTo(new Acceptance.Repeated(first.id()));
        store.expire(MONTH, now.plus(Duration.ofHours(24)), 10);
        assertThat(store.accept(keyed(task("b"), "k", "other"), lease("me"))).isInstanceOf(Acceptance.Accepted.class);
    }

    @Test
    void eventsGoAfterTheirTimeReadOrNot() {
        Claim claim = accept(task("a"), "me");
        store.commit(claim, Progress.of(List.of(step("read")), List.of(), List.of(outboxEvent("read"))));
        assertThat(ownOutbox()).hasSize(1);
        store.commit(claim, Progress.of(List.of(step("unread")), List.of(), List.of(outboxEvent("unread"))));
        outbox.expire(now);
        assertThat(ownOutbox()).as("not older yet").hasSize(2);
        store.commit(claim, Progress.of(List.of(step("unread 2")), List.of(), List.of(outboxEvent("unread 2"))));
        assertThat(outbox.expire(now.plusSeconds(1))).isGreaterThanOrEqualTo(3);
        assertThat(ownOutbox()).isEmpty();
    }

    private interface Indexed<T> {
        T call(int index) throws Exception;
    }

    private static <T> List<T> inParallel(int threads, Indexed<T> work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int index = i;
                calls.add(() -> work.call(index));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    private Claim accept(Task task, String owner) {
        return ((Acceptance.Accepted) store.accept(newTask(task, Optional.empty()), lease(owner))).claim();
    }

    private NewTask keyed(Task task, String key, String digest) {
        return newTask(task, Optional.of(new IdempotencyKey(key, digest, now.plus(Duration.ofHours(24)))));
    }

    private NewTask newTask(Task task, Optional<IdempotencyKey> key) {
        return newTask(task, Optional.empty(), key);
    }

    private NewTask newTask(Task task, Optional<PinnedPlan> pinned, Optional<IdempotencyKey> key) {
        Claim claim = new Claim(tenant, UUID.randomUUID().toString(), 1);
        return new NewTask(
                tenant,
                task,
                pinned,
                result(claim, TaskResult.State.QUEUED),
                List.of(event(claim, 1)),
                Set.of(),
                now,
                now.plusSeconds(60),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                key);
    }

    private TaskStore.Lease lease(String owner) {
        return new TaskStore.Lease(owner, now.plus(LEASE));
    }

    private static Task task(String instruction) {
        return Task.newBuilder().setInstruction(instruction).build();
    }

    private static TaskResult result(Claim claim, TaskResult.State state) {
        return TaskResult.newBuilder().setTaskId(claim.taskId()).setState(state).build();
    }

    private static TaskEvent event(Claim claim, long sequence) {
        return TaskEvent.newBuilder()
                .setTaskId(claim.taskId())
                .setSequence(sequence)
                .build();
    }

    private static TaskEvent stepEnded(Claim claim, long sequence, String step) {
        return event(claim, sequence).toBuilder()
                .setStepEnded(StepReport.newBuilder().setStep(step))
                .build();
    }

    private static StepCommit step(String id) {
        return StepCommit.newBuilder()
                .setReport(StepReport.newBuilder().setStep(id).setOutcome(StepReport.Outcome.SUCCEEDED))
                .build();
    }

    private static com.google.protobuf.Timestamp timestamp(Instant at) {
        return com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .build();
    }

    private Event outboxEvent(String about) {
        return Event.newBuilder()
                .setId(UUID.nameUUIDFromBytes((tenant + about).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString())
                .setTenant(tenant)
                .setTime(com.google.protobuf.Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                .build();
    }

    private List<Event> ownOutbox() {
        return outbox.read(0, 1_000_000).stream()
                .filter(event -> event.getTenant().equals(tenant))
                .toList();
    }
}
