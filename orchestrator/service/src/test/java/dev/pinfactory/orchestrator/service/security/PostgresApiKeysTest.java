package dev.pinfactory.orchestrator.service.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.orchestrator.service.store.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("long")
class PostgresApiKeysTest extends ApiKeysContract {
    private static EmbeddedPostgres postgres;
    private static HikariDataSource dataSource;

    @BeforeAll
    static void connect() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
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
}
