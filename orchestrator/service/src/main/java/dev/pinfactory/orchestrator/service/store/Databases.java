package dev.pinfactory.orchestrator.service.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The two databases that tasks may be kept in. */
public final class Databases {
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    /** Far more than any statement takes; a parameter of the URL goes first. */
    private static final int ANSWER_SECONDS = 60;
    /** Between two statements of a transaction nothing is done. */
    private static final int IDLE_TRANSACTION_MILLIS = 5_000;

    private Databases() {}

    /** A file that belongs to this process. */
    public static HikariDataSource h2(Path folder, int connections) {
        // Without WRITE_DELAY=0 it would flush half a second after the commit, and a killed process would lose what was
        // acknowledged.
        return pool(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve("tasks")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0",
                "sa",
                "",
                connections);
    }

    public static HikariDataSource postgres(String url, String user, String password, int connections) {
        return pool(url, user, password, connections);
    }

    private static HikariDataSource pool(String url, String user, String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        if (url.startsWith("jdbc:postgresql:")) {
            // Otherwise an exception quotes the row that failed, and with it what callers wrote.
            config.addDataSourceProperty("logServerErrorDetail", "false");
            // Without them a connection whose other end is gone without a word is waited for as long as the process
            // lives.
            config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER_SECONDS));
            config.addDataSourceProperty("tcpKeepAlive", "true");
            // A process that is paused in the middle of a transaction keeps its locks, and nobody could take its tasks
            // over.
            config.setConnectionInitSql("set idle_in_transaction_session_timeout = " + IDLE_TRANSACTION_MILLIS);
        }
        return new HikariDataSource(config);
    }

    /**
     * Prepares what is peculiar to the database. PostgreSQL has to be set so that an acknowledged commit is on disk; and in a file that belongs to one process,
     * all leases are those of a former life, so nobody has to wait for their end.
     *
     * @throws IllegalStateException when PostgreSQL may forget what it acknowledged
     */
    public static void requireDurable(HikariDataSource dataSource, JdbcClient jdbc) {
        if (dataSource.getJdbcUrl().startsWith("jdbc:h2:")) {
            jdbc.sql("update task set lease_until = :now where state <> 'ENDED' and lease_until > :now")
                    .param("now", Rows.time(Instant.now()))
                    .update();
            return;
        }
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            String is = jdbc.sql("select current_setting('" + setting + "')")
                    .query(String.class)
                    .single();
            if (is.equals("off")) {
                throw new IllegalStateException(
                        "PostgreSQL has " + setting + " = off: it may lose accepted tasks. Set it on.");
            }
        }
    }
}
