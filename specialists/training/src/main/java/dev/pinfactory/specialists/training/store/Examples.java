package dev.pinfactory.specialists.training.store;

import static dev.pinfactory.specialists.training.store.Rows.instant;
import static dev.pinfactory.specialists.training.store.Rows.time;

import java.sql.ResultSet;
import java.sql.SQLException;
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

/** Labelled examples in two tiers: new ones in the database, old ones in files. */
public final class Examples {
    private static final int PARTITION = 10_000;

    private final JdbcClient jdbc;
    private final Copying copying;
    private final ExampleFiles files;

    Examples(JdbcClient jdbc, Copying copying, ExampleFiles files) {
        this.jdbc = jdbc;
        this.copying = copying;
        this.files = files;
    }

    private record Partition(String file, String digest) {}

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
        return copying.alone(() -> read(specialist, false, limit));
    }

    /** Those that candidates are compared by. */
    public List<Example> benchmark(String specialist) {
        return copying.alone(() -> read(specialist, true, Integer.MAX_VALUE));
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
                    examples.add(example(row));
                });
        old.forEach((partition, ids) -> read(partition(partition)).stream()
                .filter(example -> ids.contains(example.id()))
                .forEach(examples::add));
        examples.sort(Comparator.comparingLong(Example::id));
        return List.copyOf(examples);
    }

    private static Example example(ResultSet row) throws SQLException {
        return new Example(
                row.getLong("id"),
                row.getString("tenant"),
                instant(row, "at"),
                Origin.valueOf(row.getString("origin")),
                row.getString("text"),
                row.getString("label"));
    }

    private Partition partition(long id) {
        return jdbc.sql("select file, digest from partition_file where id = :id")
                .param("id", id)
                .query((row, number) -> new Partition(row.getString("file"), row.getString("digest")))
                .single();
    }

    private List<Example> read(Partition partition) {
        return files.read(partition.file(), partition.digest());
    }

    /** How many of these there are still. */
    long countOf(Collection<Long> ids) {
        return ids.isEmpty()
                ? 0
                : jdbc.sql("select count(*) from example where id = any(:ids)")
                        .param("ids", ids.toArray(Long[]::new))
                        .query(Long.class)
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

    /** The files that rows speak of. */
    Set<String> files() {
        return new HashSet<>(
                jdbc.sql("select file from partition_file").query(String.class).list());
    }

    /** They are kept, and not learnt from any more. */
    public void setAside(Collection<Long> ids, String reason) {
        jdbc.sql("update example set set_aside = :reason where id = any(:ids) and set_aside is null")
                .param("reason", reason)
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** Erases what came of a task, in both tiers, inside a transaction. Answers the ids. */
    Set<Long> erase(String tenant, String taskId) {
        return eraseWhere("task_id = :task and tenant = :tenant", Map.of("task", taskId, "tenant", tenant));
    }

    /** The same for what one event brought. */
    Set<Long> eraseEvent(String source, String eventId) {
        return eraseWhere("source = :source and event_id = :event", Map.of("source", source, "event", eventId));
    }

    /** The same for what is older than this, but not for what the first version learnt from. */
    Set<Long> expire(Instant before) {
        return eraseWhere("at < :before and origin <> 'BASE'", Map.of("before", time(before)));
    }

    private Set<Long> eraseWhere(String condition, Map<String, Object> parameters) {
        return copying.alone(() -> eraseAll(condition, parameters));
    }

    private Set<Long> eraseAll(String condition, Map<String, Object> parameters) {
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
        Partition before = partition(partition);
        List<Example> left = read(before).stream()
                .filter(example -> !without.contains(example.id()))
                .toList();
        if (left.isEmpty()) {
            jdbc.sql("delete from partition_file where id = :id")
                    .param("id", partition)
                    .update();
        } else {
            ExampleFiles.Written written = files.write(directory(before.file()), left);
            jdbc.sql("update partition_file set file = :file, digest = :digest, examples = :examples where id = :id")
                    .param("file", written.file())
                    .param("digest", written.digest())
                    .param("examples", left.size())
                    .param("id", partition)
                    .update();
        }
        AfterCommit.run(() -> files.delete(before.file()));
    }

    private static String directory(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /** Moves what is older than this into files, of one specialist a file of at most 10,000. Answers how many were moved. */
    public int archive(String specialist, Instant before) {
        return copying.alone(() -> {
            List<Example> old = jdbc.sql("""
                            select id, tenant, at, origin, text, label from example
                            where specialist = :specialist and partition_id is null and at < :before order by id limit :limit
                            """)
                    .param("specialist", specialist)
                    .param("before", time(before))
                    .param("limit", PARTITION)
                    .query((row, number) -> example(row))
                    .list();
            if (!old.isEmpty()) {
                move(specialist, old);
            }
            return old.size();
        });
    }

    private void move(String specialist, List<Example> old) {
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
        jdbc.sql("""
                        update example set partition_id = (select id from partition_file where file = :file), text = null, label = null
                        where id = any(:ids)
                        """)
                .param("file", written.file())
                .param("ids", old.stream().map(Example::id).toArray(Long[]::new))
                .update();
    }
}
