package dev.pinfactory.specialists.training.store;

import static dev.pinfactory.specialists.training.store.Rows.instant;
import static dev.pinfactory.specialists.training.store.Rows.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The calls that may be learnt from. */
public final class Calls {
    private final JdbcClient jdbc;

    Calls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when it is known. */
    boolean add(Call call) {
        return jdbc.sql("""
                        insert into call (event_id, task_id, step, item, specialist, version, tenant, at, text, label, confidence)
                        values (:event, :task, :step, :item, :specialist, :version, :tenant, :at, :text, :label, :confidence)
                        on conflict do nothing
                        """)
                        .param("event", call.eventId())
                        .param("task", call.taskId())
                        .param("step", call.step())
                        .param("item", call.item())
                        .param("specialist", call.specialist())
                        .param("version", call.version())
                        .param("tenant", call.tenant())
                        .param("at", time(call.at()))
                        .param("text", call.text())
                        .param("label", call.label())
                        .param("confidence", call.confidence())
                        .update()
                == 1;
    }

    Optional<Call> find(String taskId, String step, int item) {
        return jdbc.sql("select * from call where task_id = :task and step = :step and item = :item")
                .param("task", taskId)
                .param("step", step)
                .param("item", item)
                .query(Calls::call)
                .optional();
    }

    /** The newest of a version, oldest first. */
    public List<Call> newest(String specialist, String version, int limit) {
        return jdbc.sql("""
                        select * from (select * from call where specialist = :specialist and version = :version order by id desc limit :limit) newest
                        order by id
                        """)
                .param("specialist", specialist)
                .param("version", version)
                .param("limit", limit)
                .query(Calls::call)
                .list();
    }

    public long count(String specialist) {
        return jdbc.sql("select count(*) from call where specialist = :specialist")
                .param("specialist", specialist)
                .query(Long.class)
                .single();
    }

    void erase(String tenant, String taskId) {
        jdbc.sql("delete from call where task_id = :task and tenant = :tenant")
                .param("task", taskId)
                .param("tenant", tenant)
                .update();
    }

    /** Those before this time. */
    int expire(Instant before) {
        return jdbc.sql("delete from call where at < :before")
                .param("before", time(before))
                .update();
    }

    private static Call call(ResultSet row, int number) throws SQLException {
        return new Call(
                row.getString("event_id"),
                row.getString("task_id"),
                row.getString("step"),
                row.getInt("item"),
                row.getString("specialist"),
                row.getString("version"),
                row.getString("tenant"),
                instant(row, "at"),
                row.getString("text"),
                row.getString("label"),
                row.getDouble("confidence"));
    }
}
