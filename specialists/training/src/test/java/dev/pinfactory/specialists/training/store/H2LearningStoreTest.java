package dev.pinfactory.specialists.training.store;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2LearningStoreTest extends LearningStoreContract {
    private static final DataSource DATABASE = JdbcConnectionPool.create(
            "jdbc:h2:mem:learner;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1",
            "sa",
            "");

    @Override
    DataSource database() {
        return DATABASE;
    }
}
