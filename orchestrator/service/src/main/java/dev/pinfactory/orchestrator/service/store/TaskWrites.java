package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.shown;
import static dev.pinfactory.orchestrator.service.store.Rows.time;

import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that change rows. Each is called inside a transaction. */
final class TaskWrites {
    /** Step results without an item have this one, because null is never equal to null in a unique key. */
    static final int NO_ITEM = -1;

    private final JdbcClient jdbc;

    TaskWrites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the key is in use. */
    boolean insertKey(NewTask task, IdempotencyKey key) {
        jdbc.sql("delete from idempotency_key where tenant = :tenant and name = :name and expires_at <= :now")
                .param("tenant", task.tenant())
                .param("name", key.name())
                .param("now", time(task.createdAt()))
                .update();
        return jdbc.sql("""
                        insert into idempotency_key (tenant, name, body_digest, task_id, expires_at)
                        values (:tenant, :name, :digest, :task, :expires) on conflict do nothing
                        """)
                        .param("tenant", task.tenant())
                        .param("name", key.name())
                        .param("digest", key.bodyDigest())
                        .param("task", task.id())
                        .param("expires", time(key.expiresAt()))
                        .update()
                == 1;
    }

    void insertTask(NewTask task, TaskResult result, long epoch, TaskStore.Lease lease) {
        jdbc.sql("""
                        insert into task (id, tenant, state, status, priority, epoch, owner, lease_until, created_at, ended_at, deadline,
                            cancel_requested, needs_review, trace_parent, instruction, request, pinned, result)
                        values (:id, :tenant, :state, :status, :priority, :epoch, :owner, :until, :created, :ended, :deadline,
                            false, :review, :trace, :instruction, :request, :pinned, :result)
                        """)
                .param("id", task.id())
                .param("tenant", task.tenant())
                .param("state", result.getState().name())
                .param("status", result.getStatus().name())
                .param("priority", task.task().getPriority() == Task.Priority.BATCH ? 1 : 0)
                .param("epoch", epoch)
                .param("owner", lease.owner())
                .param("until", time(lease.until()))
                .param("created", time(task.createdAt()))
                .param("ended", endedAt(result).map(Rows::time).orElse(null))
                .param("deadline", time(task.deadline()))
                .param("review", result.getNeedsReview())
                .param("trace", task.traceParent())
                .param("instruction", shown(task.task().getInstruction()))
                .param("request", task.task().toByteArray())
                .param("pinned", pinned(task, result))
                .param("result", result.toByteArray())
                .update();
        task.task()
                .getLabelsMap()
                .forEach((name, content) -> jdbc.sql(
                                "insert into task_label (task_id, name, content) values (:id, :name, :content)")
                        .param("id", task.id())
                        .param("name", name)
                        .param("content", content)
                        .update());
        task.content()
                .forEach(digest -> jdbc.sql(
                                "insert into task_content (task_id, tenant, digest) values (:id, :tenant, :digest)")
                        .param("id", task.id())
                        .param("tenant", task.tenant())
                        .param("digest", digest)
                        .update());
    }

    /** Nobody plans an ended task any more. */
    private static byte @Nullable [] pinned(NewTask task, TaskResult result) {
        boolean ended = result.getState() == TaskResult.State.ENDED;
        return ended ? null : task.pinned().map(PinnedPlan::toByteArray).orElse(null);
    }

    /** False when the claim is over, or the task has ended. */
    boolean updateTask(Claim claim, Progress progress) {
        int rows;
        if (progress.result().isPresent()) {
            TaskResult result = progress.result().get();
            rows = jdbc.sql("""
                            update task set state = :state, status = :status, ended_at = :ended, needs_review = :review, result = :result
                            where id = :id and tenant = :tenant and epoch = :epoch and state <> 'ENDED'
                            """)
                    .param("state", result.getState().name())
                    .param("status", result.getStatus().name())
                    .param("ended", endedAt(result).map(Rows::time).orElse(null))
                    .param("review", result.getNeedsReview())
                    .param("result", result.toByteArray())
                    .param("id", claim.taskId())
                    .param("tenant", claim.tenant())
                    .param("epoch", claim.epoch())
                    .update();
        } else {
            rows = jdbc.sql("""
                            update task set epoch = :epoch
                            where id = :id and tenant = :tenant and epoch = :epoch and state <> 'ENDED'
                            """)
                    .param("id", claim.taskId())
                    .param("tenant", claim.tenant())
                    .param("epoch", claim.epoch())
                    .update();
        }
        progress.planned()
                .ifPresent(plan -> jdbc.sql(
                                "update task set planned = :planned, pinned = null where id = :id and epoch = :epoch")
                        .param("planned", plan.toByteArray())
                        .param("id", claim.taskId())
                        .param("epoch", claim.epoch())
                        .update());
        return rows == 1;
    }

    void insertSteps(Claim claim, List<StepCommit> steps) {
        steps.forEach(step -> jdbc.sql("""
                        insert into step_commit (task_id, step, item, epoch, written)
                        values (:task, :step, :item, :epoch, :written)
                        """)
                .param("task", claim.taskId())
                .param("step", step.getReport().getStep())
                .param("item", step.hasItem() ? step.getItem() : NO_ITEM)
                .param("epoch", claim.epoch())
                .param("written", step.toByteArray())
                .update());
    }

    void insertEvents(String taskId, List<TaskEvent> events) {
        events.forEach(event -> jdbc.sql(
                        "insert into task_event (task_id, sequence, written) values (:task, :sequence, :written)")
                .param("task", taskId)
                .param("sequence", event.getSequence())
                .param("written", event.toByteArray())
                .update());
    }

    void insertOutbox(String taskId, List<Event> events) {
        events.forEach(event -> jdbc.sql("""
                        insert into outbox (id, task_id, tenant, created_at, written)
                        values (:id, :task, :tenant, :created, :written)
                        """)
                .param("id", event.getId())
                .param("task", taskId)
                .param("tenant", event.getTenant())
                .param("created", time(Rows.instant(event.getTime())))
                .param("written", event.toByteArray())
                .update());
    }

    Optional<Set<String>> deleteTask(String tenant, String taskId) {
        Set<String> content =
                new HashSet<>(jdbc.sql("select digest from task_content where task_id = :id and tenant = :tenant")
                        .param("id", taskId)
                        .param("tenant", tenant)
                        .query(String.class)
                        .list());
        int rows = jdbc.sql("delete from task where id = :id and tenant = :tenant")
                .param("id", taskId)
                .param("tenant", tenant)
                .update();
        if (rows == 0) {
            return Optional.empty();
        }
        jdbc.sql("delete from outbox where task_id = :id and tenant = :tenant")
                .param("id", taskId)
                .param("tenant", tenant)
                .update();
        content.removeIf(digest -> isReferred(tenant, digest));
        content.forEach(digest -> jdbc.sql("delete from content where tenant = :tenant and digest = :digest")
                .param("tenant", tenant)
                .param("digest", digest)
                .update());
        return Optional.of(content);
    }

    private boolean isReferred(String tenant, String digest) {
        return jdbc.sql("select count(*) from task_content where tenant = :tenant and digest = :digest")
                        .param("tenant", tenant)
                        .param("digest", digest)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static Optional<Instant> endedAt(TaskResult result) {
        return result.hasEndedAt() ? Optional.of(Rows.instant(result.getEndedAt())) : Optional.empty();
    }
}
