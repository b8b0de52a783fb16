package dev.pinfactory.specialists.training.store;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who copies examples into files, reads those files or erases, does so alone: a copy of what is being erased would stay. */
final class Copying {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Copying(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** In one transaction, which may have begun before. */
    <T> T alone(Supplier<T> work) {
        T result = transaction.execute(status -> {
            jdbc.sql("select id from copying where id = 1 for update")
                    .query(Integer.class)
                    .single();
            return work.get();
        });
        if (result == null) {
            throw new IllegalStateException("a transaction without an answer");
        }
        return result;
    }
}
