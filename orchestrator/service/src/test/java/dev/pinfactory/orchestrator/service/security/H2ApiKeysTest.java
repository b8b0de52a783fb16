package dev.pinfactory.orchestrator.service.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.orchestrator.service.store.Databases;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2ApiKeysTest extends ApiKeysContract {
    @TempDir
    static Path folder;

    private static HikariDataSource dataSource;

    @BeforeAll
    static void connect() {
        dataSource = Databases.h2(folder, 10);
    }

    @AfterAll
    static void close() {
        dataSource.close();
    }

    @Override
    DataSource dataSource() {
        return dataSource;
    }
}
