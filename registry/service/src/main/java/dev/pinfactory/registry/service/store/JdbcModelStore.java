package dev.pinfactory.registry.service.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Model bytes under their digest, in chunks. In the database, so that every replica and every backup has them. */
public final class JdbcModelStore {
    /** Below the largest value of an H2 column, and small enough to hold while it is sent. */
    static final int CHUNK_BYTES = 512 * 1024;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public JdbcModelStore(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The size of a model, if it is here. */
    public OptionalLong size(String digest) {
        return jdbc.sql("select size_bytes from model where digest = ?")
                .param(digest)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** One chunk, counted from 0; empty after the last. */
    public Optional<byte[]> chunk(String digest, int number) {
        return jdbc.sql("select bytes from model_chunk where digest = ? and number = ?")
                .params(digest, number)
                .query((row, index) -> row.getBytes("bytes"))
                .optional();
    }

    /** Stores a file whose digest has been checked, all of it or nothing; false when it was here already. */
    public boolean put(String digest, Path file) {
        try {
            transaction.executeWithoutResult(status -> insert(digest, file));
            return true;
        } catch (DuplicateKeyException e) {
            return !keep(digest);
        }
    }

    /** Whether a model is here; then it is kept as if it had just come, because whoever brings it is about to publish a version with it. */
    public boolean keep(String digest) {
        return jdbc.sql("update model set stored_at = ? where digest = ?")
                        .params(Rows.column(clock.instant()), digest)
                        .update()
                == 1;
    }

    private void insert(String digest, Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            jdbc.sql("insert into model (digest, size_bytes, stored_at) values (?, ?, ?)")
                    .params(digest, Files.size(file), Rows.column(clock.instant()))
                    .update();
            int number = 0;
            for (byte[] chunk = bytes.readNBytes(CHUNK_BYTES);
                    chunk.length > 0;
                    chunk = bytes.readNBytes(CHUNK_BYTES)) {
                jdbc.sql("insert into model_chunk (digest, number, bytes) values (?, ?, ?)")
                        .params(digest, number++, chunk)
                        .update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
