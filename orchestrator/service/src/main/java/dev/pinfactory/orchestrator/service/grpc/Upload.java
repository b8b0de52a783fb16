package dev.pinfactory.orchestrator.service.grpc;

import com.google.protobuf.ByteString;
import dev.pinfactory.orchestrator.service.content.ContentStore;
import dev.pinfactory.orchestrator.service.task.Tenants;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.UploadHeader;
import dev.pinfactory.proto.v1.UploadInputRequest;
import dev.pinfactory.proto.v1.UploadInputResponse;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** One upload: a header, then chunks, each on disk before the next is taken from the wire. */
final class Upload implements StreamObserver<UploadInputRequest> {
    private static final int MAX_CHUNK = 1024 * 1024;

    private final Tenants tenants;
    private final ContentStore content;
    private final StreamObserver<UploadInputResponse> observer;
    private ContentStore.@Nullable Upload upload;
    private boolean over;

    Upload(Tenants tenants, ContentStore content, StreamObserver<UploadInputResponse> observer) {
        this.tenants = tenants;
        this.content = content;
        this.observer = observer;
    }

    @Override
    public void onNext(UploadInputRequest part) {
        if (over) {
            return;
        }
        try {
            switch (part.getPartCase()) {
                case HEADER -> begin(part.getHeader());
                case CHUNK -> append(part.getChunk());
                case PART_NOT_SET -> throw invalid("a part has a header or a chunk, and this one has neither");
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void begin(UploadHeader header) {
        if (upload != null) {
            throw invalid("the header comes once, first");
        }
        upload = content.begin(tenants.current(), header.getMediaType(), header.getFileName());
    }

    private void append(ByteString chunk) {
        if (upload == null) {
            throw invalid("the header comes first");
        }
        if (chunk.size() > MAX_CHUNK) {
            throw invalid("a chunk has at most " + MAX_CHUNK + " bytes; " + chunk.size() + " came");
        }
        upload.write(chunk.toByteArray(), 0, chunk.size());
    }

    @Override
    public void onCompleted() {
        if (over) {
            return;
        }
        over = true;
        try (var complete = upload) {
            if (complete == null) {
                throw invalid("the upload is empty: expected a header, then chunks");
            }
            observer.onNext(UploadInputResponse.newBuilder()
                    .setContent(complete.complete())
                    .build());
            observer.onCompleted();
        } catch (RuntimeException e) {
            Calls.fail(observer, e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        over = true;
        close();
    }

    private void fail(RuntimeException failure) {
        over = true;
        close();
        Calls.fail(observer, failure);
    }

    private void close() {
        if (upload != null) {
            upload.close();
        }
    }

    private static PinfactoryException invalid(String message) {
        return new PinfactoryException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
