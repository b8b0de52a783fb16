package dev.pinfactory.orchestrator.service.store;

import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.ShadowCompared;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the outbox what is no part of a task's own transaction. */
public final class OutboxWriter {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public OutboxWriter(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** All or none; what was told before is not told again. */
    public void write(List<Event> comparisons) {
        transaction.executeWithoutResult(status -> comparisons.forEach(this::write));
    }

    private void write(Event event) {
        ShadowCompared comparison = event.getShadowCompared();
        jdbc.sql("""
                        insert into outbox (id, task_id, tenant, created_at, written)
                        values (:id, :task, :tenant, :created, :written) on conflict do nothing
                        """)
                .param("id", event.getId())
                .param("task", comparison.getTaskId())
                .param("tenant", event.getTenant())
                .param("created", Rows.time(Rows.instant(event.getTime())))
                .param("written", event.toByteArray())
                .update();
    }
}
