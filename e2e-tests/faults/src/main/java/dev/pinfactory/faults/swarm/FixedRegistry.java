package dev.pinfactory.faults.swarm;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** A registry in which nothing changes. */
final class FixedRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    /** A specialist with one version, and where it listens. */
    record Listed(Contract contract, List<String> addresses) {}

    private final Supplier<List<Listed>> specialists;

    /** @param specialists asked when somebody begins to watch */
    FixedRegistry(Supplier<List<Listed>> specialists) {
        this.specialists = specialists;
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
        Snapshot.Builder snapshot = Snapshot.newBuilder().setRevision(1);
        specialists.get().forEach(listed -> snapshot.addEntries(entry(listed)));
        observer.onNext(WatchResponse.newBuilder().setSnapshot(snapshot).build());
    }

    private static Entry entry(Listed listed) {
        VersionEntry.Builder version = VersionEntry.newBuilder()
                .setVersion(Version.newBuilder().setNumber("1.0.0"))
                .setState(Version.State.CHAMPION);
        for (String address : listed.addresses()) {
            version.addEndpoints(LiveEndpoint.newBuilder()
                    .setEndpoint(Endpoint.newBuilder().setAddress(address).setInstance("at-" + address)));
        }
        return Entry.newBuilder()
                .setContract(listed.contract())
                .setContractDigest(Digests.of(listed.contract()))
                .addVersions(version)
                .build();
    }
}
