package dev.pinfactory.orchestrator.service.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.orchestrator.service.store.Databases;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.ContentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Content as rows and files. */
class FileContentStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final ByteString BYTES = ByteString.copyFromUtf8("a document");

    @TempDir
    Path folder;

    private HikariDataSource database;
    private FileContentStore store;

    @BeforeEach
    void open() {
        database = Databases.h2(folder.resolve("db"), 2);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/orchestrator")
                .load()
                .migrate();
        store = new FileContentStore(
                folder.resolve("content"),
                new ContentRows(JdbcClient.create(database)),
                new ContentLimits(DataSize.ofMegabytes(1), DataSize.ofKilobytes(256), RETENTION),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anotherTenantsContentDoesNotExist() {
        ContentRef ref = store.put("one", "text/plain", BYTES);
        assertThat(store.read("one", ref.getDigest())).isEqualTo(BYTES);
        assertThatThrownBy(() -> store.read("other", ref.getDigest())).isInstanceOf(PinfactoryException.class);
        assertThatThrownBy(() -> store.locate("other", ref.getDigest()))
                .isInstanceOf(PinfactoryException.class)
                .hasMessageContaining("there is no content");
    }

    @Test
    void contentIsGoneAfterItsRetention() throws IOException {
        ContentRef ref = store.put("one", "text/plain", BYTES);
        assertThat(store.expire(NOW.plus(RETENTION).minusSeconds(1), 10)).isZero();
        assertThat(store.expire(NOW.plus(RETENTION), 10)).isOne();
        assertThatThrownBy(() -> store.read("one", ref.getDigest())).isInstanceOf(PinfactoryException.class);
        try (var files = Files.walk(folder.resolve("content"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** An erasure's file goes after its row did; whoever uploads the same bytes in between keeps them. */
    @Test
    void erasingSparesWhatWasUploadedAgain() {
        ContentRef ref = store.put("one", "text/plain", BYTES);
        store.erase("one", List.of(ref.getDigest()));
        assertThat(store.read("one", ref.getDigest())).isEqualTo(BYTES);
    }

    @Test
    void uploadsOfAKilledProcessAreRemoved() throws IOException {
        Path uploads = Files.createDirectories(folder.resolve("content/uploads"));
        Path abandoned = Files.createFile(uploads.resolve("upload-1.part"));
        Files.setLastModifiedTime(abandoned, FileTime.from(NOW.minus(RETENTION).minusSeconds(1)));
        Path fresh = Files.createFile(uploads.resolve("upload-2.part"));
        Files.setLastModifiedTime(fresh, FileTime.from(NOW));
        store.expire(NOW, 10);
        assertThat(abandoned).doesNotExist();
        assertThat(fresh).exists();
    }
}
