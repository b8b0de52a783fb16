package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.message;
import static dev.pinfactory.orchestrator.service.store.Rows.time;

import dev.pinfactory.proto.events.v1.Event;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Numbers the outbox when it is read. Whoever reads first gives the committed events that have no number the next ones, under the lock of one
 * row: so the order is gapless and never changes, and writers never wait for each other.
 */
public final class JdbcOutboxReader implements OutboxReader {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public JdbcOutboxReader(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public List<Event> read(long afterSequence, int limit) {
        List<Event> known = numbered(afterSequence, limit);
        if (known.size() == limit) {
            return known;
        }
        transaction.executeWithoutResult(status -> number(limit));
        return numbered(afterSequence, limit);
    }

    @Override
    public int expire(Instant createdBefore) {
        return jdbc.sql("delete from outbox where created_at < :before")
                .param("before", time(createdBefore))
                .update();
    }

    private List<Event> numbered(long afterSequence, int limit) {
        return jdbc.sql("select sequence, written from outbox where sequence > :after order by sequence limit :limit")
                .param("after", afterSequence)
                .param("limit", limit)
                .query((row, number) -> message(Event.parser(), row.getBytes(2)).toBuilder()
                        .setSequence(row.getLong(1))
                        .build())
                .list();
    }

    private void number(int limit) {
        long last = jdbc.sql("select last from outbox_counter where id = 1 for update")
                .query(Long.class)
                .single();
        List<String> ids = jdbc.sql("select id from outbox where sequence is null order by created_at, id limit :limit")
                .param("limit", limit)
                .query((row, number) -> row.getString(1))
                .list();
        for (String id : ids) {
            last++;
            jdbc.sql("update outbox set sequence = :sequence where id = :id")
                    .param("sequence", last)
                    .param("id", id)
                    .update();
        }
        jdbc.sql("update outbox_counter set last = :last where id = 1")
                .param("last", last)
                .update();
    }
}
