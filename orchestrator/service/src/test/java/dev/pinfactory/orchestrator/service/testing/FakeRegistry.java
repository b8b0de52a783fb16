package dev.pinfactory.orchestrator.service.testing;

import dev.pinfactory.proto.digest.Digests;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.ReportOutcomesRequest;
import dev.pinfactory.proto.v1.ReportOutcomesResponse;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tells every watcher the catalogue, and again when it has changed; keeps what is reported to it. */
final class FakeRegistry extends RegistryServiceGrpc.RegistryServiceImplBase {
    private final List<Entry> entries = new ArrayList<>();
    private final List<StreamObserver<WatchResponse>> watchers = new ArrayList<>();
    private final List<ReportOutcomesRequest> reports = new ArrayList<>();
    private int lostAcknowledgements;
    private long revision;

    /** In the place of one with the same id, if there is one. */
    synchronized void add(Contract contract, String... addresses) {
        Version version = Version.newBuilder().setNumber("1.0.0").build();
        entries.removeIf(entry -> entry.getContract().getId().equals(contract.getId()));
        List<LiveEndpoint> endpoints = Stream.of(addresses)
                .map(address -> LiveEndpoint.newBuilder()
                        .setEndpoint(Endpoint.newBuilder().setAddress(address).setInstance(address))
                        .build())
                .toList();
        entries.add(Entry.newBuilder()
                .setContract(contract)
                .setContractDigest(Digests.of(contract))
                .addVersions(VersionEntry.newBuilder()
                        .setVersion(version)
                        .setState(Version.State.CHAMPION)
                        .addAllEndpoints(endpoints))
                .build());
        changed();
    }

    /** One more version of what is registered, that is tried beside its champion. */
    synchronized void shadow(String id, String number, String address) {
        entries.replaceAll(entry -> entry.getContract().getId().equals(id)
                ? entry.toBuilder()
                        .addVersions(VersionEntry.newBuilder()
                                .setVersion(Version.newBuilder().setNumber(number))
                                .setState(Version.State.SHADOW)
                                .addEndpoints(LiveEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder()
                                                .setAddress(address)
                                                .setInstance(address))))
                        .build()
                : entry);
        changed();
    }

    synchronized void remove(String id) {
        entries.removeIf(entry -> entry.getContract().getId().equals(id));
        changed();
    }

    private void changed() {
        revision++;
        watchers.forEach(this::tell);
    }

    @Override
    public synchronized void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
        watchers.add(observer);
        tell(observer);
    }

    /** From now on so many reports are counted without an answer. */
    synchronized void losesAcknowledgements(int count) {
        lostAcknowledgements = count;
    }

    /** As they came, also those that came again. */
    synchronized List<ReportOutcomesRequest> reports() {
        return List.copyOf(reports);
    }

    @Override
    public synchronized void reportOutcomes(
            ReportOutcomesRequest request, StreamObserver<ReportOutcomesResponse> observer) {
        reports.add(request);
        if (lostAcknowledgements > 0) {
            lostAcknowledgements--;
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        observer.onNext(ReportOutcomesResponse.newBuilder().setCounted(true).build());
        observer.onCompleted();
    }

    private void tell(StreamObserver<WatchResponse> watcher) {
        watcher.onNext(WatchResponse.newBuilder()
                .setSnapshot(Snapshot.newBuilder().setRevision(revision).addAllEntries(entries))
                .build());
    }
}
