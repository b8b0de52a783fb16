package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.message;
import static dev.pinfactory.orchestrator.service.store.Rows.time;

import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.v1.Task;
import dev.pinfactory.proto.v1.TaskResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ended tasks and what is said of them, in H2 or PostgreSQL. Every method is one transaction, committed when it returns. A task of another tenant is a task that
 * does not exist.
 */
public final class RevisionStore {
    private static final String COLUMNS = "request, result, review_owner, review_until from task";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TaskWrites writes;

    public RevisionStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.writes = new TaskWrites(jdbc);
    }

    /**
     * A task as it is now.
     *
     * @param request as it was accepted
     * @param result its last revision
     * @param claim of whoever reviews it, also one that is over
     */
    public record Revised(Task request, TaskResult result, Optional<ReviewClaim> claim) {}

    /** Whose a review is, and until when. */
    public record ReviewClaim(String reviewer, Instant until) {
        public boolean holds(Instant now) {
            return until.isAfter(now);
        }
    }

    /** Where a page of reviews ended. */
    public record Position(Instant endedAt, String taskId) {}

    public Optional<Revised> find(String tenant, String taskId) {
        return jdbc.sql("select " + COLUMNS + " where tenant = :tenant and id = :id")
                .param("tenant", tenant)
                .param("id", taskId)
                .query(RevisionStore::revised)
                .optional();
    }

    /**
     * Puts the next revision in the place of the one before, with what it tells others. False when somebody else was faster: nothing was written.
     *
     * @param after ended, with one revision more than before
     */
    public boolean revise(String tenant, TaskResult after, List<Event> events) {
        int number = after.getRevisionsCount();
        Boolean written = transaction.execute(status -> {
            int rows = jdbc.sql("""
                            update task set result = :result, needs_review = :review, revision = :number
                            where id = :id and tenant = :tenant and revision = :before and state = 'ENDED'
                            """)
                    .param("result", after.toByteArray())
                    .param("review", after.getNeedsReview())
                    .param("number", number)
                    .param("id", after.getTaskId())
                    .param("tenant", tenant)
                    .param("before", number - 1)
                    .update();
            if (rows == 1) {
                writes.insertOutbox(after.getTaskId(), events);
            }
            return rows == 1;
        });
        return Boolean.TRUE.equals(written);
    }

    /** Those that somebody has to look at, the longest waiting first. */
    public List<Revised> waiting(String tenant, Optional<Position> after, Optional<Instant> unclaimedAt, int limit) {
        StringBuilder sql = new StringBuilder(
                "select " + COLUMNS + " where tenant = :tenant and needs_review = true and state = 'ENDED'");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("tenant", tenant);
        parameters.put("limit", limit);
        after.ifPresent(last -> {
            sql.append(" and (ended_at > :last or (ended_at = :last and id > :lastId))");
            parameters.put("last", time(last.endedAt()));
            parameters.put("lastId", last.taskId());
        });
        unclaimedAt.ifPresent(now -> {
            sql.append(" and (review_until is null or review_until <= :now)");
            parameters.put("now", time(now));
        });
        return jdbc.sql(sql + " order by ended_at, id limit :limit")
                .params(parameters)
                .query(RevisionStore::revised)
                .list();
    }

    /** Takes or prolongs a review. False while it is somebody else's, or where the task needs none. */
    public boolean claim(String tenant, String taskId, ReviewClaim claim, Instant now) {
        return jdbc.sql("""
                        update task set review_owner = :reviewer, review_until = :until
                        where id = :id and tenant = :tenant and state = 'ENDED' and needs_review = true
                            and (review_owner = :reviewer or review_until is null or review_until <= :now)
                        """)
                        .param("reviewer", claim.reviewer())
                        .param("until", time(claim.until()))
                        .param("id", taskId)
                        .param("tenant", tenant)
                        .param("now", time(now))
                        .update()
                == 1;
    }

    private static Revised revised(ResultSet row, int number) throws SQLException {
        OffsetDateTime until = row.getObject("review_until", OffsetDateTime.class);
        return new Revised(
                message(Task.parser(), row.getBytes("request")),
                message(TaskResult.parser(), row.getBytes("result")),
                claim(row.getString("review_owner"), until));
    }

    private static Optional<ReviewClaim> claim(String reviewer, @Nullable OffsetDateTime until) {
        return until == null ? Optional.empty() : Optional.of(new ReviewClaim(reviewer, until.toInstant()));
    }
}
