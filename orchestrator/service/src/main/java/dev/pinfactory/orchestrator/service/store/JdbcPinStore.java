package dev.pinfactory.orchestrator.service.store;

import static dev.pinfactory.orchestrator.service.store.Rows.message;
import static dev.pinfactory.orchestrator.service.store.Rows.shown;
import static dev.pinfactory.orchestrator.service.store.Rows.time;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.plan.PinReference;
import dev.pinfactory.proto.v1.PinnedPlan;
import dev.pinfactory.proto.v1.PinnedPlanSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Pinned plans in H2 or PostgreSQL, by the same SQL. */
public final class JdbcPinStore implements PinStore {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public JdbcPinStore(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public PinOutcome pin(String tenant, PinnedPlan plan, int limit) {
        return inTransaction(() -> {
            lock(tenant);
            Optional<PinnedPlan> latest =
                    find(tenant, PinReference.parse(plan.getName()).orElseThrow());
            if (latest.isPresent() && latest.get().getDigest().equals(plan.getDigest())) {
                return new PinOutcome.Unchanged(latest.get());
            }
            if (count(tenant) >= limit) {
                return new PinOutcome.Full();
            }
            PinnedPlan pinned = plan.toBuilder()
                    .setVersion(nextVersion(tenant, plan.getName()))
                    .build();
            insert(tenant, pinned);
            return new PinOutcome.Created(pinned);
        });
    }

    /** Whoever comes second waits until the first has committed. */
    private void lock(String tenant) {
        jdbc.sql("insert into pinning_tenant (tenant) values (:tenant) on conflict do nothing")
                .param("tenant", tenant)
                .update();
        jdbc.sql("select tenant from pinning_tenant where tenant = :tenant for update")
                .param("tenant", tenant)
                .query(String.class)
                .single();
    }

    private long count(String tenant) {
        return jdbc.sql("select count(*) from pinned_plan where tenant = :tenant")
                .param("tenant", tenant)
                .query(Long.class)
                .single();
    }

    private int nextVersion(String tenant, String name) {
        int raised = jdbc.sql(
                        "update pinned_name set last_version = last_version + 1 where tenant = :tenant and name = :name")
                .param("tenant", tenant)
                .param("name", name)
                .update();
        if (raised == 0) {
            jdbc.sql("insert into pinned_name (tenant, name, last_version) values (:tenant, :name, 1)")
                    .param("tenant", tenant)
                    .param("name", name)
                    .update();
        }
        return jdbc.sql("select last_version from pinned_name where tenant = :tenant and name = :name")
                .param("tenant", tenant)
                .param("name", name)
                .query(Integer.class)
                .single();
    }

    private void insert(String tenant, PinnedPlan plan) {
        jdbc.sql("""
                        insert into pinned_plan (tenant, name, version, created_at, instruction, steps, digest, written)
                        values (:tenant, :name, :version, :created, :instruction, :steps, :digest, :written)
                        """)
                .param("tenant", tenant)
                .param("name", plan.getName())
                .param("version", plan.getVersion())
                .param("created", time(Instant.ofEpochSecond(0, Timestamps.toNanos(plan.getCreatedAt()))))
                .param("instruction", shown(plan.getInstruction()))
                .param("steps", plan.getPlan().getStepsCount())
                .param("digest", plan.getDigest())
                .param("written", plan.toByteArray())
                .update();
    }

    @Override
    public Optional<PinnedPlan> find(String tenant, PinReference reference) {
        Map<String, Object> parameters = parameters(tenant, reference);
        return jdbc.sql("select written from pinned_plan where tenant = :tenant and name = :name"
                        + onlyVersion(reference) + " order by version desc limit 1")
                .params(parameters)
                .query((row, number) -> message(PinnedPlan.parser(), row.getBytes(1)))
                .optional();
    }

    @Override
    public List<PinnedPlanSummary> list(String tenant, Optional<String> name, Optional<PinReference> after, int limit) {
        StringBuilder sql = new StringBuilder(
                "select name, version, instruction, steps, created_at, digest from pinned_plan where tenant = :tenant");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("tenant", tenant);
        parameters.put("limit", limit);
        name.ifPresent(only -> {
            sql.append(" and name = :name");
            parameters.put("name", only);
        });
        after.ifPresent(last -> {
            sql.append(" and (name > :lastName or (name = :lastName and version > :lastVersion))");
            parameters.put("lastName", last.name());
            parameters.put("lastVersion", last.version().orElse(0));
        });
        return jdbc.sql(sql + " order by name, version limit :limit")
                .params(parameters)
                .query(JdbcPinStore::summary)
                .list();
    }

    private static PinnedPlanSummary summary(ResultSet row, int number) throws SQLException {
        return PinnedPlanSummary.newBuilder()
                .setName(row.getString("name"))
                .setVersion(row.getInt("version"))
                .setInstruction(row.getString("instruction"))
                .setSteps(row.getInt("steps"))
                .setCreatedAt(Rows.timestamp(row.getObject("created_at", OffsetDateTime.class)))
                .setDigest(row.getString("digest"))
                .build();
    }

    @Override
    public int delete(String tenant, PinReference reference) {
        return inTransaction(() -> {
            lock(tenant);
            int deleted = jdbc.sql(
                            "delete from pinned_plan where tenant = :tenant and name = :name" + onlyVersion(reference))
                    .params(parameters(tenant, reference))
                    .update();
            jdbc.sql("""
                            delete from pinned_name where tenant = :tenant and name = :name and not exists
                                (select 1 from pinned_plan where tenant = :tenant and name = :name)
                            """)
                    .param("tenant", tenant)
                    .param("name", reference.name())
                    .update();
            return deleted;
        });
    }

    private static String onlyVersion(PinReference reference) {
        return reference.version().isPresent() ? " and version = :version" : "";
    }

    private static Map<String, Object> parameters(String tenant, PinReference reference) {
        Map<String, Object> parameters = new HashMap<>(Map.of("tenant", tenant, "name", reference.name()));
        reference.version().ifPresent(version -> parameters.put("version", version));
        return parameters;
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction without an answer");
        }
        return result;
    }
}
