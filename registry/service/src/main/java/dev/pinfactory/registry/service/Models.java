package dev.pinfactory.registry.service;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.v1.GetModelResponse;
import dev.pinfactory.proto.v1.ModelHeader;
import dev.pinfactory.proto.v1.PutModelRequest;
import dev.pinfactory.proto.v1.PutModelResponse;
import dev.pinfactory.registry.service.store.JdbcModelStore;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Models in and out of the store, chunk by chunk. */
final class Models {
    private final JdbcModelStore store;
    private final Path uploads;
    private final long maxBytes;
    private final Semaphore slots;

    Models(JdbcModelStore store, Path uploads, long maxBytes, int maxUploads) {
        this.store = store;
        this.uploads = uploads;
        this.maxBytes = maxBytes;
        this.slots = new Semaphore(maxUploads);
    }

    /** Sends a model as fast as the caller takes it. */
    void send(String digest, ServerCallStreamObserver<GetModelResponse> caller, Consumer<Throwable> failed) {
        if (store.size(digest).isEmpty()) {
            throw new PinfactoryException(ErrorCode.NOT_FOUND, "there is no model '" + digest + "'");
        }
        Download download = new Download(digest, caller);
        Runnable more = () -> {
            try {
                download.sendWhileReady();
            } catch (RuntimeException e) {
                failed.accept(e);
            }
        };
        caller.setOnReadyHandler(more);
        more.run();
    }

    StreamObserver<PutModelRequest> receive(
            ServerCallStreamObserver<PutModelResponse> caller, Consumer<Throwable> failed) {
        return new Receiver(caller, failed);
    }

    /** gRPC calls it back one at a time. */
    private final class Download {
        private final String digest;
        private final ServerCallStreamObserver<GetModelResponse> caller;
        private int next;
        private boolean done;

        Download(String digest, ServerCallStreamObserver<GetModelResponse> caller) {
            this.digest = digest;
            this.caller = caller;
        }

        void sendWhileReady() {
            while (!done && caller.isReady()) {
                var chunk = store.chunk(digest, next++);
                if (chunk.isEmpty()) {
                    done = true;
                    caller.onCompleted();
                    return;
                }
                caller.onNext(GetModelResponse.newBuilder()
                        .setChunk(com.google.protobuf.UnsafeByteOperations.unsafeWrap(chunk.get()))
                        .build());
            }
        }
    }

    /** gRPC calls it back one at a time; the next chunk is asked for when the last is on disk. */
    private final class Receiver implements StreamObserver<PutModelRequest> {
        private final ServerCallStreamObserver<PutModelResponse> caller;
        private final Consumer<Throwable> failed;
        private @Nullable ModelUpload upload;
        private boolean over;

        Receiver(ServerCallStreamObserver<PutModelResponse> caller, Consumer<Throwable> failed) {
            this.caller = caller;
            this.failed = failed;
        }

        @Override
        public void onNext(PutModelRequest part) {
            if (over) {
                return;
            }
            try {
                switch (part.getPartCase()) {
                    case HEADER -> begin(part.getHeader());
                    case CHUNK -> begun().add(part.getChunk());
                    case PART_NOT_SET -> throw ModelUpload.invalid("part", "is not given, expected header or chunk");
                }
            } catch (IOException e) {
                fail(new UncheckedIOException(e));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void begin(ModelHeader header) throws IOException {
            if (upload != null) {
                throw ModelUpload.invalid("header", "came twice");
            }
            ModelUpload.check(header, maxBytes);
            if (store.keep(header.getDigest())) {
                answer(header, true);
                return;
            }
            if (!slots.tryAcquire()) {
                throw new PinfactoryException(ErrorCode.OVERLOADED, "too many models are being uploaded; try again");
            }
            try {
                upload = ModelUpload.begin(header, uploads);
            } finally {
                if (upload == null) {
                    slots.release();
                }
            }
        }

        private ModelUpload begun() {
            if (upload == null) {
                throw ModelUpload.invalid("header", "is missing, it comes first");
            }
            return upload;
        }

        @Override
        public void onCompleted() {
            if (over) {
                return;
            }
            try {
                ModelHeader header = begun().header();
                boolean stored = store.put(header.getDigest(), begun().complete());
                answer(header, !stored);
            } catch (IOException e) {
                fail(new UncheckedIOException(e));
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        /** The caller is gone. */
        @Override
        public void onError(Throwable why) {
            end();
        }

        private void answer(ModelHeader header, boolean existed) {
            end();
            caller.onNext(PutModelResponse.newBuilder()
                    .setDigest(header.getDigest())
                    .setSizeBytes(header.getSizeBytes())
                    .setExisted(existed)
                    .build());
            caller.onCompleted();
        }

        private void fail(RuntimeException why) {
            end();
            failed.accept(why);
        }

        private void end() {
            over = true;
            if (upload == null) {
                return;
            }
            try {
                upload.close();
            } catch (IOException e) {
                System.getLogger(Models.class.getName())
                        .log(System.Logger.Level.WARNING, "an upload's file is left behind: {0}", e.toString());
            } finally {
                upload = null;
                slots.release();
            }
        }
    }
}
