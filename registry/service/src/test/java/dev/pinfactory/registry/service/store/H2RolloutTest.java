package dev.pinfactory.registry.service.store;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2RolloutTest extends RolloutContract {
    private static final DataSource DATABASE = JdbcConnectionPool.create(
            "jdbc:h2:mem:rollout;DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                    + ";CASE_INSENSITIVE_IDENTIFIERS=TRUE;LOCK_TIMEOUT=10000",
            "sa",
            "");

    @Override
    DataSource database() {
        return DATABASE;
    }
}
