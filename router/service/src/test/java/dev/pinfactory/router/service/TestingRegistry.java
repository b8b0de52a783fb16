package dev.pinfactory.router.service;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;

/** A registry that tells every watcher the same few contracts and then says nothing. */
final class TestingRegistry implements AutoCloseable {
    private final Server server;

    TestingRegistry(String name, List<Contract> contracts) throws IOException {
        server = InProcessServerBuilder.forName(name)
                .addService(new RegistryServiceGrpc.RegistryServiceImplBase() {
                    @Override
                    public void watch(WatchRequest request, StreamObserver<WatchResponse> watcher) {
                        watcher.onNext(WatchResponse.newBuilder()
                                .setSnapshot(snapshot(contracts))
                                .build());
                    }
                })
                .build()
                .start();
    }

    private static Snapshot snapshot(List<Contract> contracts) {
        Snapshot.Builder snapshot = Snapshot.newBuilder().setRevision(1);
        for (Contract contract : contracts) {
            snapshot.addEntries(Entry.newBuilder()
                    .setContract(contract)
                    .setContractDigest(Digests.of(contract))
                    .addVersions(VersionEntry.newBuilder()
                            .setVersion(Version.newBuilder().setNumber("1.0.0"))
                            .setState(Version.State.CHAMPION)));
        }
        return snapshot.build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
