package dev.pinfactory.specialists.sdk.autoconfigure;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.pinfactory.proto.v1.DeregisterRequest;
import dev.pinfactory.proto.v1.DeregisterResponse;
import dev.pinfactory.proto.v1.Entry;
import dev.pinfactory.proto.v1.GetModelRequest;
import dev.pinfactory.proto.v1.GetModelResponse;
import dev.pinfactory.proto.v1.KeepAliveRequest;
import dev.pinfactory.proto.v1.KeepAliveResponse;
import dev.pinfactory.proto.v1.RegisterRequest;
import dev.pinfactory.proto.v1.RegisterResponse;
import dev.pinfactory.proto.v1.RegistryServiceGrpc;
import dev.pinfactory.proto.v1.Snapshot;
import dev.pinfactory.proto.v1.WatchRequest;
import dev.pinfactory.proto.v1.WatchResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A registry that remembers what it was told and says what it is told to say. */
final class TestingRegistry extends RegistryServiceGrpc.RegistryServiceImplBase implements AutoCloseable {
    final List<RegisterRequest> registrations = new CopyOnWriteArrayList<>();
    final List<String> deregistrations = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> models = new ConcurrentHashMap<>();
    private final List<StreamObserver<WatchResponse>> watchers = new CopyOnWriteArrayList<>();
    private final Server server;
    volatile @Nullable Status refusal;
    private volatile Snapshot snapshot = Snapshot.newBuilder().setRevision(1).build();

    TestingRegistry() throws IOException {
        this(0);
    }

    TestingRegistry(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .addService(this)
                .build()
                .start();
    }

    int port() {
        return server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    void publish(Entry... entries) {
        snapshot = Snapshot.newBuilder()
                .setRevision(snapshot.getRevision() + 1)
                .addAllEntries(List.of(entries))
                .build();
        watchers.forEach(watcher ->
                watcher.onNext(WatchResponse.newBuilder().setSnapshot(snapshot).build()));
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<RegisterResponse> observer) {
        Status refused = refusal;
        if (refused != null) {
            observer.onError(refused.asRuntimeException());
            return;
        }
        registrations.add(request);
        observer.onNext(RegisterResponse.newBuilder()
                .setLeaseId("lease-" + registrations.size())
                .setLease(Durations.fromSeconds(15))
                .build());
        observer.onCompleted();
    }

    @Override
    public void keepAlive(KeepAliveRequest request, StreamObserver<KeepAliveResponse> observer) {
        observer.onNext(KeepAliveResponse.newBuilder()
                .setLease(Durations.fromSeconds(15))
                .build());
        observer.onCompleted();
    }

    @Override
    public void deregister(DeregisterRequest request, StreamObserver<DeregisterResponse> observer) {
        deregistrations.add(request.getLeaseId());
        observer.onNext(DeregisterResponse.getDefaultInstance());
        observer.onCompleted();
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> observer) {
        watchers.add(observer);
        observer.onNext(WatchResponse.newBuilder().setSnapshot(snapshot).build());
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> observer) {
        byte[] model = models.get(request.getDigest());
        if (model == null) {
            observer.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        for (byte part : model) {
            observer.onNext(GetModelResponse.newBuilder()
                    .setChunk(ByteString.copyFrom(new byte[] {part}))
                    .build());
        }
        observer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
