package dev.pinfactory.specialists.training.store;

import static dev.pinfactory.specialists.training.store.Rows.instant;
import static dev.pinfactory.specialists.training.store.Rows.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Labelled examples in two tiers: new ones in the database, old ones in files. */
public final class Examples {
    private static final int PARTITION = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ExampleFiles files;

    public Examples(JdbcClient jdbc, TransactionTemplate transaction, ExampleFiles files) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.files = files;
    }

    /**
     * How many there are.
     *
     * @param hot in the database, those of the benchmark not counted
     * @param historical in files
     */
    public record Count(long hot, long historical, long benchmark) {}

    /** False when it is known. */
    boolean add(NewExample example) {
        return jdbc.sql("""
                        insert into example (source, event_id, specialist, tenant, task_id, at, origin, text, label, benchmark)
                        values (:source, :event, :specialist, :tenant, :task, :at, :origin, :text, :label, :benchmark)
                        on conflict do nothing
                        """)
                        .param("source", example.source())
                        .param("event", example.eventId())
                        .param("specialist", example.specialist())
                        .param("tenant", example.tenant())
                        .param("task", example.taskId().orElse(null))
                        .param("at", time(example.at()))
                        .param("origin", example.origin().name())
                        .param("text", example.text())
                        .param("label", example.label())
                        .param("benchmark", example.benchmark())
                        .update()
                == 1;
    }

    /** Those that may be learnt from, of both tiers, in the order in which they came: of more than the limit the newest. */
    public List<Example> learnable(String specialist, int limit) {
        return read(specialist, false, limit);
    }

    /** Those that candidates are compared by. */
    public List<Example> benchmark(String specialist) {
        return read(specialist, true, Integer.MAX_VALUE);
    }

    private List<Example> read(String specialist, boolean benchmark, int limit) {
        List<Example> examples = new ArrayList<>();
        Map<Long, Set<Long>> old = new HashMap<>();
        jdbc.sql("""
                        select id, tenant, at, origin, text, label, partition_id from example
                        where specialist = :specialist and benchmark = :benchmark and set_aside is null order by id desc limit :limit
                        """)
                .param("specialist", specialist)
                .param("benchmark", benchmark)
                .param("limit", limit)
                .query(row -> {
                    long partition = row.getLong("partition_id");
                    if (partition != 0) {
                        old.computeIfAbsent(partition, id -> new HashSet<>()).add(row.getLong("id"));
                        return;
                    }
                    examples.add(new Example(
                            row.getLong("id"),
                            row.getString("tenant"),
                            instant(row, "at"),
                            Origin.valueOf(row.getString("origin")),
                            row.getString("text"),
                            row.getString("label")));
                });
        old.forEach((partition, ids) -> files.read(file(partition), digest(partition)).stream()
                .filter(example -> ids.contains(example.id()))
                .forEach(examples::add));
        examples.sort(Comparator.comparingLong(Example::id));
        return List.copyOf(examples);
    }

    private String file(long partition) {
        return jdbc.sql("select file from partition_file where id = :id")
                .param("id", partition)
                .query(String.class)
                .single();
    }

    private String digest(long partition) {
        return jdbc.sql("select digest from partition_file where id = :id")
                .param("id", partition)
                .query(String.class)
                .single();
    }

    public Count count(String specialist) {
        return jdbc.sql("""
                        select coalesce(sum(case when partition_id is null and not benchmark then 1 else 0 end), 0) hot,
                            coalesce(sum(case when partition_id is not null and not benchmark then 1 else 0 end), 0) historical,
                            coalesce(sum(case when benchmark then 1 else 0 end), 0) frozen
                        from example where specialist = :specialist
                        """)
                .param("specialist", specialist)
                .query((row, number) -> new Count(row.getLong("hot"), row.getLong("historical"), row.getLong("frozen")))
                .single();
    }

    /** Those that came after another one and may be learnt from. */
    public long countAfter(String specialist, long id) {
        return jdbc.sql("""
                        select count(*) from example
                        where specialist = :specialist and id > :id and not benchmark and set_aside is null
                        """)
                .param("specialist", specialist)
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /** The last that came. */
    public long lastId(String specialist) {
        return jdbc.sql("select coalesce(max(id), 0) from example where specialist = :specialist")
                .param("specialist", specialist)
                .query(Long.class)
                .single();
    }

    /** The files that rows speak of. */
    Set<String> files() {
        return new HashSet<>(
                jdbc.sql("select file from partition_file").query(String.class).list());
    }

    /** They are kept, and not learnt from any more. */
    public void setAside(Collection<Long> ids, String reason) {
        transaction.executeWithoutResult(status -> ids.forEach(
                id -> jdbc.sql("update example set set_aside = :reason where id = :id and set_aside is null")
                        .param("reason", reason)
                        .param("id", id)
                        .update()));
    }

    /** Erases what came of a task, in both tiers, inside a transaction. Answers the ids. */
    Set<Long> erase(String tenant, String taskId) {
        return eraseWhere("task_id = :task and tenant = :tenant", Map.of("task", taskId, "tenant", tenant));
    }

    /** The same for what one event brought. */
    Set<Long> eraseEvent(String source, String eventId) {
        return eraseWhere("source = :source and event_id = :event", Map.of("source", source, "event", eventId));
    }

    /** Erases what is older than this. */
    public Set<Long> expire(Instant before) {
        Set<Long> gone = transaction.execute(
                status -> eraseWhere("at < :before and origin <> 'BASE'", Map.of("before", time(before))));
        return gone == null ? Set.of() : gone;
    }

    private Set<Long> eraseWhere(String condition, Map<String, Object> parameters) {
        Map<Long, Set<Long>> old = new HashMap<>();
        Set<Long> ids = new HashSet<>();
        jdbc.sql("select id, partition_id from example where " + condition)
                .params(parameters)
                .query(row -> {
                    ids.add(row.getLong("id"));
                    long partition = row.getLong("partition_id");
                    if (partition != 0) {
                        old.computeIfAbsent(partition, id -> new HashSet<>()).add(row.getLong("id"));
                    }
                });
        old.forEach(this::rewrite);
        jdbc.sql("delete from example where " + condition).params(parameters).update();
        return ids;
    }

    /** A file without some of its examples has another name, so that one which is half written is never read. */
    private void rewrite(long partition, Set<Long> without) {
        String before = file(partition);
        List<Example> left = files.read(before, digest(partition)).stream()
                .filter(example -> !without.contains(example.id()))
                .toList();
        if (left.isEmpty()) {
            jdbc.sql("delete from partition_file where id = :id")
                    .param("id", partition)
                    .update();
        } else {
            ExampleFiles.Written written = files.write(directory(before), left);
            jdbc.sql("update partition_file set file = :file, digest = :digest, examples = :examples where id = :id")
                    .param("file", written.file())
                    .param("digest", written.digest())
                    .param("examples", left.size())
                    .param("id", partition)
                    .update();
        }
        AfterCommit.run(() -> files.delete(before));
    }

    private static String directory(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** Moves what is older than this into files, of one specialist a file of at most 10,000. Answers how many were moved. */
    public int archive(String specialist, Instant before) {
        Integer moved = transaction.execute(status -> {
            List<Example> old = jdbc.sql("""
                            select id, tenant, at, origin, text, label from example
                            where specialist = :specialist and partition_id is null and at < :before order by id limit :limit
                            """)
                    .param("specialist", specialist)
                    .param("before", time(before))
                    .param("limit", PARTITION)
                    .query((row, number) -> new Example(
                            row.getLong("id"),
                            row.getString("tenant"),
                            instant(row, "at"),
                            Origin.valueOf(row.getString("origin")),
                            row.getString("text"),
                            row.getString("label")))
                    .list();
            if (old.isEmpty()) {
                return 0;
            }
            ExampleFiles.Written written = files.write("history/" + ExampleFiles.folder(specialist), old);
            jdbc.sql("""
                            insert into partition_file (specialist, file, digest, examples)
                            values (:specialist, :file, :digest, :examples)
                            """)
                    .param("specialist", specialist)
                    .param("file", written.file())
                    .param("digest", written.digest())
                    .param("examples", old.size())
                    .update();
            long partition = jdbc.sql("select id from partition_file where file = :file")
                    .param("file", written.file())
                    .query(Long.class)
                    .single();
            old.forEach(example -> jdbc.sql(
                            "update example set partition_id = :partition, text = null, label = null where id = :id")
                    .param("partition", partition)
                    .param("id", example.id())
                    .update());
            return old.size();
        });
        return moved == null ? 0 : moved;
    }
}
