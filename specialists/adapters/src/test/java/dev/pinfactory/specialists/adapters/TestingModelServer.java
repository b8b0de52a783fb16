package dev.pinfactory.specialists.adapters;

import com.google.protobuf.ByteString;
import dev.pinfactory.specialists.adapters.wire.GRPCInferenceServiceGrpc;
import dev.pinfactory.specialists.adapters.wire.ModelInferRequest;
import dev.pinfactory.specialists.adapters.wire.ModelInferResponse;
import dev.pinfactory.specialists.adapters.wire.ModelReadyRequest;
import dev.pinfactory.specialists.adapters.wire.ModelReadyResponse;
import dev.pinfactory.specialists.adapters.wire.ServerReadyRequest;
import dev.pinfactory.specialists.adapters.wire.ServerReadyResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server of the protocol with one model, "length": two logits for each text, the second of them larger for texts above 10 bytes. */
final class TestingModelServer extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase implements AutoCloseable {
    final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();
    final CountDownLatch cancelled = new CountDownLatch(1);
    volatile UnaryOperator<ModelInferResponse> answer = response -> response;
    volatile Status failure = Status.OK;
    volatile @Nullable Deadline deadline;
    volatile boolean silent;
    volatile boolean dying;
    volatile boolean ready = true;
    private final Server server;
    private final int port;

    TestingModelServer() throws IOException {
        this(InsecureServerCredentials.create());
    }

    TestingModelServer(ServerCredentials credentials) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0), credentials)
                .addService(this)
                .build()
                .start();
        port = server.getPort();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
        observer.onNext(ServerReadyResponse.newBuilder().setReady(true).build());
        observer.onCompleted();
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        observer.onNext(ModelReadyResponse.newBuilder()
                .setReady(ready && request.getName().equals("length"))
                .build());
        observer.onCompleted();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        deadline = Context.current().getDeadline();
        requests.add(request);
        if (dying) {
            server.shutdownNow();
            return;
        }
        if (silent) {
            ((ServerCallStreamObserver<ModelInferResponse>) observer).setOnCancelHandler(cancelled::countDown);
            return;
        }
        if (!failure.isOk()) {
            observer.onError(failure.asRuntimeException());
            return;
        }
        if (!request.getModelName().equals("length")) {
            observer.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        observer.onNext(answer.apply(answer(request)));
        observer.onCompleted();
    }

    private static ModelInferResponse answer(ModelInferRequest request) {
        int items = (int) request.getInputs(0).getShape(0);
        ByteBuffer logits = ByteBuffer.allocate(items * 8).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer raw = request.getRawInputContentsCount() > 0
                ? request.getRawInputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
                : ByteBuffer.allocate(0);
        for (int i = 0; i < items; i++) {
            int length = request.getRawInputContentsCount() > 0
                    ? raw.getInt()
                    : request.getInputs(0).getContents().getBytesContents(i).size();
            raw.position(Math.min(raw.limit(), raw.position() + length));
            logits.putFloat(0).putFloat(length > 10 ? 3 : -3);
        }
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName("length")
                .addRawOutputContents(ByteString.copyFrom(logits.flip()));
        response.addOutputsBuilder()
                .setName("logits")
                .setDatatype("FP32")
                .addShape(items)
                .addShape(2);
        return response.build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
