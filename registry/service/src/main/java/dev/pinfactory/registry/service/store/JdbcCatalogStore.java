package dev.pinfactory.registry.service.store;

import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.registry.service.catalog.CatalogChanges;
import dev.pinfactory.registry.service.catalog.CatalogStore;
import dev.pinfactory.registry.service.catalog.CatalogTransaction;
import dev.pinfactory.registry.service.catalog.Lease.Served;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Specialist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalogue in a database that several replicas may share. */
public final class JdbcCatalogStore implements CatalogStore {
    private static final int TIMEOUT_SECONDS = 10;

    private final JdbcClient jdbc;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;

    public JdbcCatalogStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        writing = new TransactionTemplate(transactions);
        writing.setTimeout(TIMEOUT_SECONDS);
        reading = new TransactionTemplate(transactions);
        reading.setTimeout(TIMEOUT_SECONDS);
        reading.setReadOnly(true);
        // Several queries have to see the same revision.
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public <T> T change(Function<CatalogTransaction, T> work) {
        return Objects.requireNonNull(writing.execute(status -> {
            // One row, locked by whoever changes anything: a simple order that holds on both databases and over
            // replicas.
            long revision = jdbc.sql("select revision from catalogue where id = 1 for update")
                    .query(Long.class)
                    .single();
            JdbcCatalogTransaction transaction = new JdbcCatalogTransaction(jdbc, revision);
            T result = work.apply(transaction);
            if (transaction.revision() != revision) {
                jdbc.sql("update catalogue set revision = ? where id = 1")
                        .param(transaction.revision())
                        .update();
            }
            return result;
        }));
    }

    @Override
    public Optional<Duration> renew(String leaseId, Instant now) {
        return Objects.requireNonNull(writing.execute(status -> jdbc.sql("select length_millis from lease where id = ?")
                .param(leaseId)
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis)
                .filter(length -> jdbc.sql("update lease set expires_at = ? where id = ?")
                                .params(Rows.column(now.plus(length)), leaseId)
                                .update()
                        == 1)));
    }

    @Override
    public CatalogChanges changesAfter(long known) {
        return Objects.requireNonNull(reading.execute(status -> {
            Position position = jdbc.sql("select revision, horizon from catalogue where id = 1")
                    .query((row, number) -> new Position(row.getLong("revision"), row.getLong("horizon")))
                    .single();
            if (position.revision() == known) {
                return new CatalogChanges(known, position.horizon(), false, List.of(), List.of());
            }
            boolean complete = known < position.horizon() || known > position.revision();
            long after = complete ? 0 : known;
            return new CatalogChanges(
                    position.revision(), position.horizon(), complete, updatedAfter(after), removedAfter(after));
        }));
    }

    private record Position(long revision, long horizon) {}

    private List<CatalogChanges.Updated> updatedAfter(long revision) {
        Map<String, List<PublishedVersion>> versions = new HashMap<>();
        jdbc.sql("select specialist, " + Rows.VERSION_COLUMNS + " from version"
                        + " where specialist in (select id from specialist where revision > ?)")
                .param(revision)
                .query(row -> {
                    versions.computeIfAbsent(row.getString("specialist"), id -> new ArrayList<>())
                            .add(Rows.version(row));
                });
        Map<Served, List<LiveEndpoint>> alive = new HashMap<>();
        jdbc.sql("select serves.specialist, serves.number, lease.instance, lease.address, lease.capacity,"
                        + " lease.expires_at from lease_version serves join lease on lease.id = serves.lease"
                        + " where serves.specialist in (select id from specialist where revision > ?)"
                        + " order by lease.instance")
                .param(revision)
                .query(row -> {
                    alive.computeIfAbsent(
                                    new Served(row.getString("specialist"), row.getString("number")),
                                    served -> new ArrayList<>())
                            .add(Rows.liveEndpoint(row));
                });
        return jdbc.sql("select id, revision from specialist where revision > ? order by revision")
                .param(revision)
                .query((row, number) -> {
                    Specialist specialist =
                            new Specialist(row.getString("id"), versions.getOrDefault(row.getString("id"), List.of()));
                    Entry entry = Rows.entry(
                            specialist,
                            version -> alive.getOrDefault(new Served(specialist.id(), version.number()), List.of()));
                    return new CatalogChanges.Updated(entry, row.getLong("revision"));
                })
                .list();
    }

    private List<CatalogChanges.Removed> removedAfter(long revision) {
        return jdbc.sql("select specialist, revision from removal where revision > ? order by revision")
                .param(revision)
                .query((row, number) ->
                        new CatalogChanges.Removed(row.getString("specialist"), row.getLong("revision")))
                .list();
    }
}
