package dev.pinfactory.registry.client;

import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.v1.Change;
import dev.pinfactory.proto.v1.Contract;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.DeregisterResponse;
import dev.pinfactory.proto.v1.Endpoint;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.Heartbeat;
import dev.pinfactory.proto.v1.KeepAliveRequest;
import dev.pinfactory.proto.v1.KeepAliveResponse;
import dev.pinfactory.proto.v1.LiveEndpoint;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.Version;
import dev.pinfactory.proto.v1.VersionEntry;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A registry that does what a test tells it. */
final class TestingRegistry extends RegistryServiceGrpc.RegistryServiceImplBase implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Server server;
    private final String address;
    final BlockingQueue<Watch> watches = new LinkedBlockingQueue<>();
    final BlockingQueue<RegisterRequest> registered = new LinkedBlockingQueue<>();
    final BlockingQueue<String> renewed = new LinkedBlockingQueue<>();
    final BlockingQueue<String> deregistered = new LinkedBlockingQueue<>();
    volatile @Nullable Status refusal;
    volatile @Nullable Status noRenewal;

    /** A watch that stands. */
    record Watch(WatchRequest request, StreamObserver<WatchResponse> watcher) {
        void snapshot(long revision, Entry... entries) {
            watcher.onNext(WatchResponse.newBuilder()
                    .setSnapshot(Snapshot.newBuilder().setRevision(revision).addAllEntries(List.of(entries)))
                    .build());
        }

        void update(long revision, Entry entry) {
            watcher.onNext(WatchResponse.newBuilder()
                    .setChange(Change.newBuilder().setRevision(revision).setUpdated(entry))
                    .build());
        }

        void remove(long revision, String specialist) {
            watcher.onNext(WatchResponse.newBuilder()
                    .setChange(Change.newBuilder().setRevision(revision).setRemoved(specialist))
                    .build());
        }

        void heartbeat(long revision) {
            watcher.onNext(WatchResponse.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setRevision(revision))
                    .build());
        }

        void end() {
            watcher.onError(Status.UNAVAILABLE.withDescription("stopping").asRuntimeException());
        }
    }

    private TestingRegistry(boolean inProcess, String name) throws IOException {
        server = (inProcess
                        ? InProcessServerBuilder.forName(name)
                        : Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()))
                .addService(this)
                .build()
                .start();
        address = inProcess ? "inprocess:" + name : "127.0.0.1:" + server.getPort();
    }

    static TestingRegistry inProcess() throws IOException {
        return named(newName());
    }

    static TestingRegistry named(String name) throws IOException {
        return new TestingRegistry(true, name);
    }

    static TestingRegistry onASocket() throws IOException {
        return new TestingRegistry(false, "");
    }

    static String newName() {
        return "testing-registry-" + NAMES.incrementAndGet();
    }

    String address() {
        return address;
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 20 s");
        }
        return next;
    }

    /** A specialist with one version, alive at an address if one is given. */
    static Entry entry(String id, String number, Version.State state, String... addresses) {
        VersionEntry.Builder version = VersionEntry.newBuilder()
                .setVersion(Version.newBuilder().setNumber(number))
                .setState(state);
        for (String alive : addresses) {
            version.addEndpoints(LiveEndpoint.newBuilder()
                    .setEndpoint(Endpoint.newBuilder().setAddress(alive).setInstance(alive)));
        }
        return Entry.newBuilder()
                .setContract(Contract.newBuilder().setId(id).setCapability("do." + id))
                .addVersions(version)
                .build();
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> watcher) {
        watches.add(new Watch(request, watcher));
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<RegisterResponse> caller) {
        Status refused = refusal;
        registered.add(request);
        if (refused != null) {
            caller.onError(refused.asRuntimeException());
            return;
        }
        caller.onNext(RegisterResponse.newBuilder()
                .setLeaseId("lease-" + NAMES.incrementAndGet())
                .setLease(Durations.fromSeconds(30))
                .setRevision(1)
                .build());
        caller.onCompleted();
    }

    @Override
    public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> caller) {
        Status refused = noRenewal;
        renewed.add(request.getLeaseId());
        if (refused != null) {
            caller.onError(refused.asRuntimeException());
            return;
        }
        caller.onNext(KeepAliveResponse.newBuilder()
                .setLease(Durations.fromSeconds(30))
                .build());
        caller.onCompleted();
    }

    @Override
    public void deregister(DeregisterRequest request, StreamObserver<DeregisterResponse> caller) {
        deregistered.add(request.getLeaseId());
        caller.onNext(DeregisterResponse.getDefaultInstance());
        caller.onCompleted();
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
}
