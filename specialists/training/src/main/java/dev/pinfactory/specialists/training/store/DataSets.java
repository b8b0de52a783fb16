package dev.pinfactory.specialists.training.store;

import static dev.pinfactory.specialists.training.store.Rows.time;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What candidates learnt from: files named by their digests, which never change. */
public final class DataSets {
    private final JdbcClient jdbc;
    private final Copying copying;
    private final Examples examples;
    private final ExampleFiles files;

    DataSets(JdbcClient jdbc, Copying copying, Examples examples, ExampleFiles files) {
        this.jdbc = jdbc;
        this.copying = copying;
        this.examples = examples;
        this.files = files;
    }

    private record Kept(String digest, String file) {}

    /**
     * Writes a data set; the same examples are the same set. Answers its digest.
     *
     * @throws IllegalStateException when some were erased since they were read
     */
    public String write(String specialist, List<Example> chosen, Instant now) {
        return copying.alone(() -> {
            long there = examples.countOf(chosen.stream().map(Example::id).toList());
            if (there < chosen.size()) {
                throw new IllegalStateException("%,d of %,d examples were erased meanwhile: read them again"
                        .formatted(chosen.size() - there, chosen.size()));
            }
            return writeAll(specialist, chosen, now);
        });
    }

    private String writeAll(String specialist, List<Example> chosen, Instant now) {
        ExampleFiles.Written written = files.write("datasets/" + ExampleFiles.folder(specialist), chosen);
        int known = jdbc.sql("update data_set set erased = false, created_at = :now where digest = :digest")
                .param("now", time(now))
                .param("digest", written.digest())
                .update();
        if (known == 0) {
            jdbc.sql("""
                            insert into data_set (digest, specialist, file, examples, created_at, erased)
                            values (:digest, :specialist, :file, :examples, :now, false)
                            """)
                    .param("digest", written.digest())
                    .param("specialist", specialist)
                    .param("file", written.file())
                    .param("examples", chosen.size())
                    .param("now", time(now))
                    .update();
        }
        return written.digest();
    }

    /** Deletes those that hold one of these examples; what they were stays written. Answers how many. */
    int erase(Set<Long> gone) {
        if (gone.isEmpty()) {
            return 0;
        }
        int erased = 0;
        for (Kept kept : jdbc.sql("select digest, file from data_set where not erased")
                .query((row, number) -> new Kept(row.getString(1), row.getString(2)))
                .list()) {
            boolean holds =
                    files.read(kept.file(), kept.digest()).stream().anyMatch(example -> gone.contains(example.id()));
            if (holds) {
                delete(kept);
                erased++;
            }
        }
        return erased;
    }

    /** Deletes the oldest of a specialist, all but so many. */
    public void keep(String specialist, int newest) {
        List<Kept> all = jdbc.sql("""
                        select digest, file from data_set where specialist = :specialist and not erased order by created_at desc
                        """)
                .param("specialist", specialist)
                .query((row, number) -> new Kept(row.getString(1), row.getString(2)))
                .list();
        all.stream().skip(newest).forEach(this::delete);
    }

    /** Of a set that is there. */
    public List<Example> read(String digest) {
        String file = jdbc.sql("select file from data_set where digest = :digest and not erased")
                .param("digest", digest)
                .query(String.class)
                .optional()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no data set " + digest + ", or it was erased"));
        return files.read(file, digest);
    }

    /** The files that rows speak of. */
    Set<String> files() {
        return new HashSet<>(jdbc.sql("select file from data_set where not erased")
                .query(String.class)
                .list());
    }

    /** The row first: a file without a row is never read, a row without its file would be. */
    private void delete(Kept kept) {
        jdbc.sql("update data_set set erased = true where digest = :digest")
                .param("digest", kept.digest())
                .update();
        AfterCommit.run(() -> files.delete(kept.file()));
    }
}
