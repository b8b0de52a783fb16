package dev.pinfactory.registry.service.store;

import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.events.v1.Event;
import dev.pinfactory.proto.events.v1.VersionMoved;
import dev.pinfactory.proto.v1.TypeDeclaration;
import dev.pinfactory.registry.service.catalog.CatalogTransaction;
import dev.pinfactory.registry.service.catalog.Lease;
import dev.pinfactory.registry.service.catalog.Lease.Served;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.RolloutRecords;
import dev.pinfactory.registry.service.catalog.Specialist;
import dev.pinfactory.registry.service.catalog.Stage;
import dev.pinfactory.registry.service.catalog.VersionMove;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One change of the catalogue, inside a transaction that holds the catalogue's row. */
final class JdbcCatalogTransaction implements CatalogTransaction {
    /** Watchers that were away for longer than this many removals get a snapshot. */
    private static final int REMOVALS_KEPT = 1000;

    private final JdbcClient jdbc;
    private final JdbcRolloutRecords rollout;
    private long revision;

    JdbcCatalogTransaction(JdbcClient jdbc, long revision) {
        this.jdbc = jdbc;
        this.rollout = new JdbcRolloutRecords(jdbc);
        this.revision = revision;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Optional<Specialist> find(String id) {
        List<PublishedVersion> versions = jdbc.sql(
                        "select " + Rows.VERSION_COLUMNS + " from version where specialist = ?")
                .param(id)
                .query((row, number) -> Rows.version(row))
                .list();
        return versions.isEmpty() ? Optional.empty() : Optional.of(new Specialist(id, versions));
    }

    @Override
    public int size() {
        return jdbc.sql("select count(*) from specialist").query(Integer.class).single();
    }

    @Override
    public void save(Specialist specialist) {
        revision++;
        int known = jdbc.sql("update specialist set revision = ? where id = ?")
                .params(revision, specialist.id())
                .update();
        if (known == 0) {
            jdbc.sql("insert into specialist (id, revision) values (?, ?)")
                    .params(specialist.id(), revision)
                    .update();
            jdbc.sql("delete from removal where specialist = ?")
                    .param(specialist.id())
                    .update();
        }
        specialist.versions().forEach(version -> save(specialist.id(), version));
    }

    private void save(String specialist, PublishedVersion version) {
        int known = jdbc.sql("update version set version = ?, contract = ?, contract_digest = ?, state = ?,"
                        + " weight_percent = ?, absent = ?, last_seen = ? where specialist = ? and number = ?")
                .params(
                        version.version().toByteArray(),
                        version.contract().toByteArray(),
                        version.contractDigest(),
                        version.state().name(),
                        version.weightPercent(),
                        version.absent(),
                        Rows.column(version.lastSeen()),
                        specialist,
                        version.number())
                .update();
        if (known == 0) {
            jdbc.sql("insert into version (specialist, number, " + Rows.VERSION_COLUMNS
                            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            specialist,
                            version.number(),
                            version.version().toByteArray(),
                            version.contract().toByteArray(),
                            version.contractDigest(),
                            version.state().name(),
                            version.weightPercent(),
                            version.absent(),
                            Rows.column(version.publishedAt()),
                            Rows.column(version.lastSeen()))
                    .update();
        }
    }

    @Override
    public void remove(String specialist) {
        revision++;
        jdbc.sql("delete from declared_type where specialist = ?")
                .param(specialist)
                .update();
        jdbc.sql("delete from stage where specialist = ?").param(specialist).update();
        jdbc.sql("delete from specialist where id = ?").param(specialist).update();
        jdbc.sql("insert into removal (specialist, revision) values (?, ?)")
                .params(specialist, revision)
                .update();
        forgetOldRemovals();
    }

    private void forgetOldRemovals() {
        jdbc.sql("select revision from removal order by revision desc offset ? rows fetch first 1 rows only")
                .param(REMOVALS_KEPT)
                .query(Long.class)
                .optional()
                .ifPresent(last -> {
                    jdbc.sql("delete from removal where revision <= ?")
                            .param(last)
                            .update();
                    jdbc.sql("update catalogue set horizon = ? where id = 1")
                            .param(last)
                            .update();
                });
    }

    @Override
    public Optional<TypeDeclaration> type(String name) {
        return jdbc.sql("select declaration from declared_type where name = ?")
                .param(name)
                .query((row, number) -> Rows.parse(TypeDeclaration.parser(), row.getBytes("declaration")))
                .optional();
    }

    @Override
    public void declare(TypeDeclaration type, String specialist) {
        jdbc.sql("insert into declared_type (name, declaration, specialist) values (?, ?, ?)")
                .params(type.getName(), type.toByteArray(), specialist)
                .update();
    }

    @Override
    public Optional<Lease> lease(String id) {
        return leases("id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<Lease> leaseOf(String instance) {
        return leases("instance = ?", instance).stream().findFirst();
    }

    @Override
    public List<Lease> expired(Instant now) {
        return leases("expires_at <= ?", Rows.column(now));
    }

    /** Locked, so that none is renewed while it is being ended. */
    private List<Lease> leases(String condition, Object value) {
        List<Lease> leases = jdbc.sql(
                        "select id, instance, address, capacity, length_millis, expires_at from lease where "
                                + condition + " for update")
                .param(value)
                .query((row, number) -> Rows.lease(row))
                .list();
        return leases.stream()
                .map(lease ->
                        new Lease(lease.id(), lease.endpoint(), served(lease.id()), lease.length(), lease.expiresAt()))
                .toList();
    }

    private List<Served> served(String lease) {
        return jdbc.sql("select specialist, number from lease_version where lease = ? order by specialist, number")
                .param(lease)
                .query((row, number) -> new Served(row.getString("specialist"), row.getString("number")))
                .list();
    }

    @Override
    public void save(Lease lease) {
        jdbc.sql("insert into lease (id, instance, address, capacity, length_millis, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        lease.id(),
                        lease.endpoint().getInstance(),
                        lease.endpoint().getAddress(),
                        lease.endpoint().getCapacity(),
                        lease.length().toMillis(),
                        Rows.column(lease.expiresAt()))
                .update();
        lease.serves()
                .forEach(served -> jdbc.sql("insert into lease_version (lease, specialist, number) values (?, ?, ?)")
                        .params(lease.id(), served.specialist(), served.number())
                        .update());
    }

    @Override
    public void end(Lease lease) {
        jdbc.sql("delete from lease where id = ?").param(lease.id()).update();
    }

    @Override
    public boolean isAlive(String specialist, String number) {
        return jdbc.sql("select count(*) from lease_version where specialist = ? and number = ?")
                        .params(specialist, number)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public List<String> unseenSince(Instant moment) {
        return jdbc.sql("select distinct v.specialist from version v where v.absent = false and v.last_seen < ?"
                        + " and not exists (select 1 from lease_version serves"
                        + " where serves.specialist = v.specialist and serves.number = v.number)")
                .param(Rows.column(moment))
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public List<String> forgettableSince(Instant moment) {
        return jdbc.sql("select s.id from specialist s where not exists (select 1 from version v"
                        + " where v.specialist = s.id"
                        + " and (v.state <> 'CANDIDATE' or v.absent = false or v.last_seen >= ?))")
                .param(Rows.column(moment))
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public RolloutRecords rollout() {
        return rollout;
    }

    @Override
    public void record(VersionMove move, Optional<Stage> ended, Instant at) {
        jdbc.sql("insert into audit (happened_at, actor, reason, specialist, number, state_before, state_after,"
                        + " weight_percent, stage) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        Rows.column(at),
                        move.actor(),
                        move.reason(),
                        move.specialist(),
                        move.number(),
                        move.from().name(),
                        move.to().name(),
                        move.weightPercent(),
                        ended.map(stage -> stage.toMessage().toBuilder()
                                        .setState(move.from())
                                        .build()
                                        .toByteArray())
                                .orElse(null)))
                .update();
        Event event = Event.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTime(Timestamps.fromMillis(at.toEpochMilli()))
                .setVersionMoved(VersionMoved.newBuilder()
                        .setSpecialist(move.specialist())
                        .setVersion(move.number())
                        .setFrom(move.from())
                        .setTo(move.to())
                        .setWeightPercent(move.weightPercent())
                        .setActor(move.actor())
                        .setReason(move.reason()))
                .build();
        // The sequence is the row's; whoever reads the outbox sets it.
        jdbc.sql("insert into outbox (id, happened_at, event) values (?, ?, ?)")
                .params(event.getId(), Rows.column(at), event.toByteArray())
                .update();
    }
}
