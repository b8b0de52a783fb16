package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.time;

import dev.pinfactory.orchestrator.service.store.Acceptance.Accepted;
import dev.pinfactory.orchestrator.service.store.Acceptance.KeyUsed;
import dev.pinfactory.orchestrator.service.store.Acceptance.OtherBody;
import dev.pinfactory.orchestrator.service.store.Acceptance.Repeated;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks in H2 or PostgreSQL, by the same SQL. Reading without a claim is left to {@link TaskQueries}. */
public final class JdbcTaskStore implements TaskStore {
    /** A key that expires between two statements of one try is gone in the next. */
    private static final int KEY_TRIES = 3;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TaskWrites writes;
    private final TaskQueries queries;

    public JdbcTaskStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.writes = new TaskWrites(jdbc);
        this.queries = new TaskQueries(jdbc);
    }

    @Override
    public Optional<KeyUsed> find(String tenant, IdempotencyKey key, Instant now) {
        return queries.usedFor(tenant, key.name(), now).map(used -> answer(used, key));
    }

    @Override
    public Acceptance accept(NewTask task, Lease lease) {
        for (int tries = 1; ; tries++) {
            Optional<Acceptance> acceptance = inTransaction(() -> tryAccept(task, lease));
            if (acceptance.isPresent()) {
                return acceptance.get();
            }
            if (tries == KEY_TRIES) {
                throw new IllegalStateException("idempotency key of task " + task.id() + " keeps vanishing");
            }
        }
    }

    private Optional<Acceptance> tryAccept(NewTask task, Lease lease) {
        if (task.key().isPresent()) {
            IdempotencyKey key = task.key().get();
            if (!writes.insertKey(task, key)) {
                return find(task.tenant(), key, task.createdAt()).map(used -> used);
            }
        }
        Claim claim = new Claim(task.tenant(), task.id(), 1);
        writes.insertTask(task, task.result(), claim.epoch(), lease);
        writes.insertEvents(task.id(), task.events());
        return Optional.of(new Accepted(claim));
    }

    private static KeyUsed answer(TaskQueries.KeyUse used, IdempotencyKey key) {
        return used.bodyDigest().equals(key.bodyDigest()) ? new Repeated(used.taskId()) : new OtherBody();
    }

    @Override
    public List<Claim> claimAbandoned(Lease lease, Instant now, int limit) {
        return inTransaction(() -> {
            List<Claim> claims = new ArrayList<>();
            for (Claim former : queries.abandoned(now, limit)) {
                int claimed = jdbc.sql("""
                                update task set epoch = epoch + 1, owner = :owner, lease_until = :until
                                where id = :id and epoch = :epoch and state <> 'ENDED' and lease_until <= :now
                                """)
                        .param("owner", lease.owner())
                        .param("until", time(lease.until()))
                        .param("id", former.taskId())
                        .param("epoch", former.epoch())
                        .param("now", time(now))
                        .update();
                if (claimed == 1) {
                    claims.add(new Claim(former.tenant(), former.taskId(), former.epoch() + 1));
                }
            }
            return claims;
        });
    }

    @Override
    public Set<String> renew(Lease lease, Set<String> taskIds) {
        if (taskIds.isEmpty()) {
            return Set.of();
        }
        return inTransaction(() -> {
            jdbc.sql("update task set lease_until = :until where owner = :owner and state <> 'ENDED' and id in (:ids)")
                    .param("until", time(lease.until()))
                    .param("owner", lease.owner())
                    .param("ids", taskIds)
                    .update();
            return new HashSet<>(jdbc.sql("""
                            select id from task
                            where owner = :owner and state <> 'ENDED' and cancel_requested = true and id in (:ids)
                            """)
                    .param("owner", lease.owner())
                    .param("ids", taskIds)
                    .query(String.class)
                    .list());
        });
    }

    @Override
    public void release(String owner, Instant now) {
        jdbc.sql("update task set lease_until = :now where owner = :owner and state <> 'ENDED' and lease_until > :now")
                .param("now", time(now))
                .param("owner", owner)
                .update();
    }

    @Override
    public OpenTask load(Claim claim) {
        return inTransaction(() -> queries.open(claim).orElseThrow(() -> new FencedException(claim)));
    }

    @Override
    public void commit(Claim claim, Progress progress) {
        inTransaction(() -> {
            // First, because it takes the row's lock: what follows can't interleave with another claim.
            if (!writes.updateTask(claim, progress)) {
                throw new FencedException(claim);
            }
            writes.insertSteps(claim, progress.steps());
            writes.insertEvents(claim.taskId(), progress.events());
            writes.insertOutbox(claim.taskId(), progress.outbox());
            return claim;
        });
    }

    @Override
    public void record(NewTask task, Progress ended) {
        inTransaction(() -> {
            Lease nobody = new Lease("", task.createdAt());
            writes.insertTask(task, ended.result().orElseThrow(), 1, nobody);
            writes.insertEvents(task.id(), ended.events());
            writes.insertOutbox(task.id(), ended.outbox());
            return task;
        });
    }

    @Override
    public Optional<TaskResult> find(String tenant, String taskId) {
        return queries.result(tenant, taskId);
    }

    @Override
    public Optional<Task> request(String tenant, String taskId) {
        return queries.request(tenant, taskId);
    }

    @Override
    public List<TaskSummary> list(String tenant, TaskFilter filter, int limit) {
        return queries.list(tenant, filter, limit);
    }

    @Override
    public List<TaskEvent> events(String tenant, String taskId, long afterSequence, int limit) {
        return queries.events(tenant, taskId, afterSequence, limit);
    }

    @Override
    public boolean requestCancel(String tenant, String taskId) {
        return jdbc.sql("update task set cancel_requested = true where tenant = :tenant and id = :id")
                        .param("tenant", tenant)
                        .param("id", taskId)
                        .update()
                == 1;
    }

    @Override
    public Optional<Set<String>> delete(String tenant, String taskId, Instant now) {
        return inTransaction(() -> {
            boolean told = queries.mayBeLearntFrom(tenant, taskId);
            Optional<Set<String>> erased = writes.deleteTask(tenant, taskId);
            if (told && erased.isPresent()) {
                writes.insertOutbox(taskId, List.of(Erasures.event(tenant, taskId, now)));
            }
            return erased;
        });
    }

    @Override
    public int expire(Retention retention, Instant now, int limit) {
        List<Claim> old = queries.keptLongEnough(retention, now, limit);
        old.forEach(task -> inTransaction(() -> writes.deleteTask(task.tenant(), task.taskId())));
        jdbc.sql("delete from idempotency_key where expires_at <= :now")
                .param("now", time(now))
                .update();
        return old.size();
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction without an answer");
        }
        return result;
    }
}
