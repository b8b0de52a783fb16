package dev.pinfactory.orchestrator.service.dispatch;

import com.google.protobuf.ByteString;
import dev.pinfactory.orchestrator.service.content.Content;
import dev.pinfactory.orchestrator.service.content.PreparedCall;
import dev.pinfactory.proto.v1.ContentChunk;
import dev.pinfactory.proto.v1.InferByReferenceRequest;
import dev.pinfactory.proto.v1.InferByReferenceResponse;
import dev.pinfactory.proto.v1.InferResponse;
import dev.pinfactory.proto.v1.SpecialistServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call by reference: sends the request, then each content that the specialist asks for, a piece at a time as the connection takes it. */
final class ReferencingCall {
    private static final int PIECE_BYTES = 128 * 1024;

    private final BlockingClientCall<InferByReferenceRequest, InferByReferenceResponse> call;
    private final PreparedCall prepared;
    private final Patience patience;
    private final Map<String, Content> unasked;

    private ReferencingCall(
            SpecialistServiceGrpc.SpecialistServiceBlockingV2Stub stub, PreparedCall prepared, Patience patience) {
        this.call = stub.inferByReference();
        this.prepared = prepared;
        this.patience = patience;
        this.unasked = new HashMap<>(prepared.content());
    }

    /**
     * The answer.
     *
     * @param stub with the call's deadline
     * @throws StatusRuntimeException when there is none
     */
    static InferResponse send(
            SpecialistServiceGrpc.SpecialistServiceBlockingV2Stub stub, PreparedCall prepared, Patience patience)
            throws InterruptedException {
        ReferencingCall sent = new ReferencingCall(stub, prepared, patience);
        try {
            return sent.converse();
        } catch (StatusException e) {
            throw new StatusRuntimeException(e.getStatus(), e.getTrailers());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw Status.INTERNAL
                    .withDescription("stored content can't be read")
                    .withCause(e)
                    .asRuntimeException();
        } finally {
            // After the end it does nothing.
            sent.call.cancel("the call is over", null);
        }
    }

    private InferResponse converse() throws InterruptedException, StatusException, IOException {
        write(InferByReferenceRequest.newBuilder().setCall(prepared.request()).build());
        InferResponse answer = null;
        for (InferByReferenceResponse part = read(); part != null; part = read()) {
            switch (part.getPartCase()) {
                case WANTED -> give(part.getWanted().getDigest());
                case ANSWER -> {
                    answer = part.getAnswer();
                    call.halfClose();
                }
                case PART_NOT_SET -> throw broken("said neither what it wants nor what it answers");
            }
        }
        return required(answer);
    }

    private void give(String digest) throws InterruptedException, StatusException, IOException {
        Content content = unasked.remove(digest);
        if (content == null) {
            throw broken("asked for content that is not this call's, or twice for the same");
        }
        try (InputStream in = content.open()) {
            ByteString piece = piece(in);
            boolean last = false;
            while (!last) {
                ByteString next = piece(in);
                last = next.isEmpty();
                ContentChunk chunk =
                        ContentChunk.newBuilder().setData(piece).setLast(last).build();
                if (!write(InferByReferenceRequest.newBuilder().setChunk(chunk).build())) {
                    // The specialist has ended the call; reading says how.
                    return;
                }
                piece = next;
            }
        }
    }

    private @Nullable InferByReferenceResponse read() throws InterruptedException, StatusException {
        while (true) {
            try {
                return call.read(patience.nanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                patience.look();
            }
        }
    }

    /** Whether the specialist takes more. */
    private boolean write(InferByReferenceRequest part) throws InterruptedException, StatusException {
        while (true) {
            try {
                return call.write(part, patience.nanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                patience.look();
            }
        }
    }

    private static ByteString piece(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(PIECE_BYTES);
        return ByteString.copyFrom(bytes);
    }

    private static InferResponse required(@Nullable InferResponse answer) throws StatusException {
        if (answer == null) {
            throw broken("ended the call without an answer");
        }
        return answer;
    }

    private static StatusException broken(String how) {
        return Status.INTERNAL.withDescription("the specialist " + how).asException();
    }
}
