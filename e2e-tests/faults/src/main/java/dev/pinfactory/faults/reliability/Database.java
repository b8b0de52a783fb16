package dev.pinfactory.faults.reliability;

import com.zaxxer.hikari.HikariDataSource;
import dev.pinfactory.faults.history.Stored;
import dev.pinfactory.faults.history.StoredReader;
import dev.pinfactory.faults.swarm.PostgresServer;
import dev.pinfactory.orchestrator.service.store.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where an orchestrator under test keeps its tasks. */
sealed interface Database extends AutoCloseable {
    /** What the orchestrator is told of it. */
    List<String> properties();

    /** What is in it, read past the orchestrator. */
    Stored read();

    @Override
    void close() throws IOException;

    /** A file in the orchestrator's own data folder. */
    record H2(Path data) implements Database {
        @Override
        public List<String> properties() {
            return List.of();
        }

        @Override
        public Stored read() {
            return StoredReader.readCopy(data.resolve("orchestrator"));
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "H2";
        }
    }

    /** A server of its own. */
    record Postgres(PostgresServer server) implements Database {
        static Postgres start(Path folder) throws IOException {
            return new Postgres(PostgresServer.start(folder));
        }

        @Override
        public List<String> properties() {
            return List.of(
                    "pinfactory.orchestrator.store.url=" + server.url(),
                    "pinfactory.orchestrator.store.user=" + PostgresServer.USER);
        }

        @Override
        public Stored read() {
            try (HikariDataSource dataSource = Databases.postgres(server.url(), PostgresServer.USER, "", 1)) {
                return StoredReader.read(dataSource);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }

        @Override
        public String toString() {
            return "PostgreSQL";
        }
    }
}
