package dev.pinfactory.orchestrator.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

    /** Of a process that was paused, or whose machine is gone without a word: its locks must not outlive it for long. */
    @Test
    void aTransactionThatDoesNotGoOnIsEnded() throws SQLException {
        try (Connection paused = dataSource.getConnection();
                Statement statement = paused.createStatement()) {
            paused.setAutoCommit(false);
            statement.execute("select 1");
            await().atMost(Duration.ofSeconds(30)).until(() -> openTransactions() == 0);
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        }
    }

    private static long openTransactions() {
        return JdbcClient.create(dataSource)
                .sql("select count(*) from pg_stat_activity where state = 'idle in transaction'")
                .query(Long.class)
                .single();
    }

    @Test
    void aDatabaseThatAnswersNothingIsGivenUp() {
        assertThat(dataSource.getDataSourceProperties())
                .containsEntry("socketTimeout", "60")
                .containsEntry("tcpKeepAlive", "true");
    }
}
