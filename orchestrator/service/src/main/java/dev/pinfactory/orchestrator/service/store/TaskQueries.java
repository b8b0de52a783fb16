package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.message;
import static dev.pinfactory.orchestrator.service.store.Rows.time;
import static dev.pinfactory.orchestrator.service.store.Rows.timestamp;

import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PlanCommit;
import dev.pinfactory.proto.v1.StepCommit;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskEvent;
import dev.pinfactory.proto.v1.TaskResult;
import dev.pinfactory.proto.v1.TaskSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that only read. */
final class TaskQueries {
    private final JdbcClient jdbc;

    TaskQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a key was used for. */
    record KeyUse(String taskId, String bodyDigest) {}

    Optional<KeyUse> usedFor(String tenant, String key, Instant now) {
        return jdbc.sql("""
                        select task_id, body_digest from idempotency_key
                        where tenant = :tenant and name = :name and expires_at > :now
                        """)
                .param("tenant", tenant)
                .param("name", key)
                .param("now", time(now))
                .query((row, number) -> new KeyUse(row.getString(1), row.getString(2)))
                .optional();
    }

    boolean mayBeLearntFrom(String tenant, String taskId) {
        return jdbc.sql("""
                                select count(*) from task_label l join task t on t.id = l.task_id
                                where t.id = :id and t.tenant = :tenant and l.name = :name and l.content = :content
                                """)
                        .param("id", taskId)
                        .param("tenant", tenant)
                        .param("name", TrainingConsent.LABEL)
                        .param("content", TrainingConsent.GIVEN)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Open tasks whose lease is over, with the epoch of their last claim; locked until the transaction ends. One that somebody else has locked is left out: its owner
     * may have been paused in the middle of a transaction, and whoever waited for it could not renew its own leases.
     */
    List<Claim> abandoned(Instant now, int limit) {
        return jdbc.sql("""
                        select tenant, id, epoch from task where state <> 'ENDED' and lease_until <= :now
                        order by priority, created_at, id limit :limit for update skip locked
                        """)
                .param("now", time(now))
                .param("limit", limit)
                .query(TaskQueries::claim)
                .list();
    }

    List<Claim> keptLongEnough(Retention retention, Instant now, int limit) {
        Map<String, Instant> own = retention.ownEnds(now);
        List<Claim> old = new ArrayList<>();
        own.forEach((tenant, before) -> old.addAll(jdbc.sql("""
                        select tenant, id, epoch from task
                        where tenant = :tenant and state = 'ENDED' and ended_at < :before order by ended_at limit :limit
                        """)
                .param("tenant", tenant)
                .param("before", time(before))
                .param("limit", limit - old.size())
                .query(TaskQueries::claim)
                .list()));
        // No tenant has the empty name: a list of nothing would be no SQL.
        Set<String> others = own.isEmpty() ? Set.of("") : own.keySet();
        old.addAll(jdbc.sql("""
                        select tenant, id, epoch from task
                        where tenant not in (:own) and state = 'ENDED' and ended_at < :before order by ended_at limit :limit
                        """)
                .param("own", others)
                .param("before", time(retention.usualEnd(now)))
                .param("limit", limit - old.size())
                .query(TaskQueries::claim)
                .list());
        return old;
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        return new Claim(row.getString(1), row.getString(2), row.getLong(3));
    }

    Optional<OpenTask> open(Claim claim) {
        List<StepCommit> journal = jdbc.sql("select written from step_commit where task_id = :id order by step, item")
                .param("id", claim.taskId())
                .query((row, number) -> message(StepCommit.parser(), row.getBytes(1)))
                .list();
        List<TaskEvent> events = events(claim.tenant(), claim.taskId(), 0, Integer.MAX_VALUE);
        Set<String> told = events.stream()
                .filter(TaskEvent::hasStepEnded)
                .map(event -> event.getStepEnded().getStep())
                .collect(Collectors.toSet());
        return jdbc.sql("""
                        select request, pinned, result, planned, deadline, trace_parent, cancel_requested from task
                        where id = :id and tenant = :tenant and epoch = :epoch and state <> 'ENDED'
                        """)
                .param("id", claim.taskId())
                .param("tenant", claim.tenant())
                .param("epoch", claim.epoch())
                .query((row, number) -> new OpenTask(
                        claim,
                        message(Task.parser(), row.getBytes("request")),
                        Optional.ofNullable(row.getBytes("pinned")).map(plan -> message(PinnedPlan.parser(), plan)),
                        message(TaskResult.parser(), row.getBytes("result")),
                        Optional.ofNullable(row.getBytes("planned")).map(plan -> message(PlanCommit.parser(), plan)),
                        journal,
                        told,
                        events.size(),
                        row.getObject("deadline", OffsetDateTime.class).toInstant(),
                        row.getString("trace_parent"),
                        row.getBoolean("cancel_requested")))
                .optional();
    }

    Optional<TaskResult> result(String tenant, String taskId) {
        return jdbc.sql("select result from task where tenant = :tenant and id = :id")
                .param("tenant", tenant)
                .param("id", taskId)
                .query((row, number) -> message(TaskResult.parser(), row.getBytes(1)))
                .optional();
    }

    Optional<Task> request(String tenant, String taskId) {
        return jdbc.sql("select request from task where tenant = :tenant and id = :id")
                .param("tenant", tenant)
                .param("id", taskId)
                .query((row, number) -> message(Task.parser(), row.getBytes(1)))
                .optional();
    }

    List<TaskEvent> events(String tenant, String taskId, long afterSequence, int limit) {
        return jdbc.sql("""
                        select e.written from task_event e join task t on t.id = e.task_id
                        where t.tenant = :tenant and t.id = :id and e.sequence > :after order by e.sequence limit :limit
                        """)
                .param("tenant", tenant)
                .param("id", taskId)
                .param("after", afterSequence)
                .param("limit", limit)
                .query((row, number) -> message(TaskEvent.parser(), row.getBytes(1)))
                .list();
    }

    List<TaskSummary> list(String tenant, TaskFilter filter, int limit) {
        StringBuilder sql = new StringBuilder(
                "select id, state, status, instruction, created_at, ended_at, needs_review from task t where tenant = :tenant");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("tenant", tenant);
        parameters.put("limit", limit);
        filter.state().ifPresent(state -> and(sql, parameters, "state = :state", "state", state.name()));
        filter.status().ifPresent(status -> and(sql, parameters, "status = :status", "status", status.name()));
        filter.createdAfter().ifPresent(at -> and(sql, parameters, "created_at > :newer", "newer", time(at)));
        filter.createdBefore().ifPresent(at -> and(sql, parameters, "created_at < :older", "older", time(at)));
        filter.after().ifPresent(position -> {
            parameters.put("lastId", position.taskId());
            String behind = "(created_at < :last or (created_at = :last and id < :lastId))";
            and(sql, parameters, behind, "last", time(position.createdAt()));
        });
        int label = 0;
        for (TaskFilter.Label wanted : filter.labels()) {
            String condition = "exists (select 1 from task_label l where l.task_id = t.id and l.name = :name" + label
                    + " and l.content = :content" + label + ")";
            parameters.put("name" + label, wanted.name());
            and(sql, parameters, condition, "content" + label, wanted.content());
            label++;
        }
        List<TaskSummary.Builder> tasks = jdbc.sql(sql + " order by created_at desc, id desc limit :limit")
                .params(parameters)
                .query(TaskQueries::summary)
                .list();
        return withLabels(tasks);
    }

    private static void and(
            StringBuilder sql, Map<String, Object> parameters, String condition, String parameter, Object value) {
        sql.append(" and ").append(condition);
        parameters.put(parameter, value);
    }

    private static TaskSummary.Builder summary(ResultSet row, int number) throws SQLException {
        TaskSummary.Builder task = TaskSummary.newBuilder()
                .setTaskId(row.getString("id"))
                .setState(TaskResult.State.valueOf(row.getString("state")))
                .setStatus(TaskResult.Status.valueOf(row.getString("status")))
                .setInstruction(row.getString("instruction"))
                .setNeedsReview(row.getBoolean("needs_review"))
                .setCreatedAt(timestamp(row.getObject("created_at", OffsetDateTime.class)));
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return ended == null ? task : task.setEndedAt(timestamp(ended));
    }

    private List<TaskSummary> withLabels(List<TaskSummary.Builder> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        Map<String, TaskSummary.Builder> byId = new HashMap<>();
        tasks.forEach(task -> byId.put(task.getTaskId(), task));
        jdbc.sql("select task_id, name, content from task_label where task_id in (:ids)")
                .param("ids", byId.keySet())
                .query(row -> {
                    TaskSummary.Builder task = byId.get(row.getString(1));
                    if (task != null) {
                        task.putLabels(row.getString(2), row.getString(3));
                    }
                });
        return tasks.stream().map(TaskSummary.Builder::build).toList();
    }
}
