package dev.pinfactory.orchestrator.service.quota;

import java.time.LocalDate;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The use of each tenant and day, in H2 or PostgreSQL, by the same SQL. Each change is one statement: processes that share a database count together. */
public final class UseRows {
    private final JdbcClient jdbc;

    public UseRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Use read(String tenant, LocalDate day) {
        return find(tenant, day).orElse(Use.NOTHING);
    }

    /** Answers what was used with it. */
    Use add(String tenant, LocalDate day, Use use) {
        boolean ignored = change(tenant, day, use, Quota.NONE);
        return read(tenant, day);
    }

    /**
     * Adds what does not lead beyond the quota. Of processor seconds nobody knows before what a task takes: there some have to be left.
     *
     * @return false where nothing was added
     */
    boolean change(String tenant, LocalDate day, Use use, Quota quota) {
        if (update(tenant, day, use, quota)) {
            return true;
        }
        if (find(tenant, day).isPresent()) {
            return false;
        }
        insert(tenant, day);
        return update(tenant, day, use, quota);
    }

    private boolean update(String tenant, LocalDate day, Use use, Quota quota) {
        StringBuilder sql = new StringBuilder("""
                update tenant_use set tasks = tasks + :tasks, cpu_seconds = cpu_seconds + :cpuSeconds, llm = llm + :llm
                where tenant = :tenant and used_on = :day
                """);
        if (quota.tasks() != null) {
            sql.append(" and tasks + :tasks <= :maxTasks");
        }
        if (quota.cpuSeconds() != null) {
            sql.append(" and cpu_seconds < :maxCpuSeconds");
        }
        if (quota.llm() != null) {
            sql.append(" and llm + :llm <= :maxLlm");
        }
        return jdbc.sql(sql.toString())
                        .param("tasks", use.tasks())
                        .param("cpuSeconds", use.cpuSeconds())
                        .param("llm", use.llm())
                        .param("tenant", tenant)
                        .param("day", day)
                        .param("maxTasks", quota.tasks())
                        .param("maxCpuSeconds", quota.cpuSeconds())
                        .param("maxLlm", quota.llm())
                        .update()
                == 1;
    }

    private Optional<Use> find(String tenant, LocalDate day) {
        return jdbc.sql("select tasks, cpu_seconds, llm from tenant_use where tenant = :tenant and used_on = :day")
                .param("tenant", tenant)
                .param("day", day)
                .query((row, number) -> new Use(row.getLong(1), row.getDouble(2), row.getBigDecimal(3)))
                .optional();
    }

    private void insert(String tenant, LocalDate day) {
        try {
            jdbc.sql(
                            "insert into tenant_use (tenant, used_on, tasks, cpu_seconds, llm) values (:tenant, :day, 0, 0, 0)")
                    .param("tenant", tenant)
                    .param("day", day)
                    .update();
        } catch (DuplicateKeyException e) {
            // Another process was first, which is as good.
            return;
        }
    }

    int expire(LocalDate before) {
        return jdbc.sql("delete from tenant_use where used_on < :before")
                .param("before", before)
                .update();
    }
}
