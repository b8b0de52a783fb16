package dev.pinfactory.orchestrator.service.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("long")
class PostgresTaskStoreTest extends TaskStoreContract {
    private static EmbeddedPostgres postgres;
    private static HikariDataSource dataSource;

    @BeforeAll
    static void connect() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        dataSource = Databases.postgres(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "", 20);
    }

    @AfterAll
    static void close() throws IOException {
        dataSource.close();
        postgres.close();
    }

    @Override
    DataSource dataSource() {
        return dataSource;
    }

    @Test
    void aDatabaseThatMayForgetIsRefused() {
        Databases.requireDurable(dataSource, JdbcClient.create(dataSource));
        try (HikariDataSource forgetful = Databases.postgres(
                postgres.getJdbcUrl("postgres", "postgres") + "&options=-c%20synchronous_commit=off",
                "postgres",
                "",
                1)) {
            assertThatThrownBy(() -> Databases.requireDurable(forgetful, JdbcClient.create(forgetful)))
                    .hasMessageContaining("synchronous_commit");
        }
    }
}
