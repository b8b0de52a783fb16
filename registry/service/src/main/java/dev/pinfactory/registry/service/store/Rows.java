package dev.pinfactory.registry.service.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.registry.service.catalog.Lease;
import dev.pinfactory.registry.service.catalog.PublishedVersion;
import dev.pinfactory.registry.service.catalog.Specialist;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Rows as values, and values as columns. */
final class Rows {
    static final String VERSION_COLUMNS =
            "version, contract, contract_digest, state, weight_percent, absent, published_at, last_seen";

    private Rows() {}

    static PublishedVersion version(ResultSet row) throws SQLException {
        return new PublishedVersion(
                parse(Version.parser(), row.getBytes("version")),
                parse(Contract.parser(), row.getBytes("contract")),
                row.getString("contract_digest"),
                Version.State.valueOf(row.getString("state")),
                row.getInt("weight_percent"),
                row.getBoolean("absent"),
                instant(row, "published_at"),
                instant(row, "last_seen"));
    }

    /** A lease without what it serves. */
    static Lease lease(ResultSet row) throws SQLException {
        return new Lease(
                row.getString("id"),
                endpoint(row),
                List.of(),
                Duration.ofMillis(row.getLong("length_millis")),
                instant(row, "expires_at"));
    }

    static LiveEndpoint liveEndpoint(ResultSet row) throws SQLException {
        return LiveEndpoint.newBuilder()
                .setEndpoint(endpoint(row))
                .setExpiresAt(Timestamps.fromMillis(instant(row, "expires_at").toEpochMilli()))
                .build();
    }

    static Entry entry(Specialist specialist, Function<PublishedVersion, List<LiveEndpoint>> alive) {
        Entry.Builder entry = Entry.newBuilder();
        specialist
                .leading()
                .ifPresent(
                        leading -> entry.setContract(leading.contract()).setContractDigest(leading.contractDigest()));
        specialist
                .versions()
                .forEach(version -> entry.addVersions(VersionEntry.newBuilder()
                        .setVersion(version.version())
                        .setState(version.state())
                        .setWeightPercent(version.weightPercent())
                        .setAbsent(version.absent())
                        .addAllEndpoints(alive.apply(version))));
        return entry.build();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime column(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static <T> T parse(Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored message is damaged", e);
        }
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return Endpoint.newBuilder()
                .setAddress(row.getString("address"))
                .setInstance(row.getString("instance"))
                .setCapacity(row.getInt("capacity"))
                .build();
    }
}
