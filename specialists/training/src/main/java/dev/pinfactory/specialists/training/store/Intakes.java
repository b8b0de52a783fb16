package dev.pinfactory.specialists.training.store;

import static dev.pinfactory.specialists.training.store.Rows.cut;
import static dev.pinfactory.specialists.training.store.Rows.instant;
import static dev.pinfactory.specialists.training.store.Rows.time;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far sources were read, what was left out, and what could not be used. */
public final class Intakes {
    private static final int LONGEST_CONTENT = 64 * 1024;
    private static final int LONGEST_REASON = 2_000;

    private final JdbcClient jdbc;

    Intakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<String> place(String source) {
        return jdbc.sql("select position from place where source = :source")
                .param("source", source)
                .query(String.class)
                .optional();
    }

    void setPlace(String source, String position) {
        int known = jdbc.sql("update place set position = :position where source = :source")
                .param("position", position)
                .param("source", source)
                .update();
        if (known == 0) {
            jdbc.sql("insert into place (source, position) values (:source, :position)")
                    .param("source", source)
                    .param("position", position)
                    .update();
        }
    }

    /** Counts what was left out. */
    void count(String specialist, String reason, long events) {
        int known = jdbc.sql(
                        "update dropped set events = events + :events where specialist = :specialist and reason = :reason")
                .param("events", events)
                .param("specialist", specialist)
                .param("reason", reason)
                .update();
        if (known == 0) {
            jdbc.sql("insert into dropped (specialist, reason, events) values (:specialist, :reason, :events)")
                    .param("specialist", specialist)
                    .param("reason", reason)
                    .param("events", events)
                    .update();
        }
    }

    public Map<String, Long> dropped(String specialist) {
        Map<String, Long> dropped = new HashMap<>();
        jdbc.sql("select reason, events from dropped where specialist = :specialist")
                .param("specialist", specialist)
                .query(row -> {
                    dropped.put(row.getString(1), row.getLong(2));
                });
        return dropped;
    }

    void bury(DeadLetter letter) {
        removeLetter(letter.source(), letter.id());
        jdbc.sql("""
                        insert into dead_letter (source, event_id, content, reason, received_at)
                        values (:source, :event, :content, :reason, :at)
                        """)
                .param("source", letter.source())
                .param("event", letter.id())
                .param("content", cut(letter.content(), LONGEST_CONTENT))
                .param("reason", cut(letter.reason(), LONGEST_REASON))
                .param("at", time(letter.receivedAt()))
                .update();
    }

    void removeLetter(String source, String id) {
        jdbc.sql("delete from dead_letter where source = :source and event_id = :event")
                .param("source", source)
                .param("event", id)
                .update();
    }

    /** The newest first; of all sources when none is named. */
    public List<DeadLetter> letters(Optional<String> source, int limit) {
        String which = source.isPresent() ? " where source = :source" : "";
        var query = jdbc.sql("select * from dead_letter" + which
                        + " order by received_at desc, source, event_id limit :limit")
                .param("limit", limit);
        return source.map(name -> query.param("source", name))
                .orElse(query)
                .query((row, number) -> new DeadLetter(
                        row.getString("source"),
                        row.getString("event_id"),
                        row.getString("content"),
                        row.getString("reason"),
                        instant(row, "received_at")))
                .list();
    }

    public int expireLetters(Instant before) {
        return jdbc.sql("delete from dead_letter where received_at < :before")
                .param("before", time(before))
                .update();
    }
}
