package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.content.HeldBytes;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/**
 * What has arrived of a message that is not complete yet. gRPC takes in a whole message of every call at the same time, whatever its flow control says, so they share
 * the room of {@link HeldBytes}; a call for which there is none is ended as one whose message is too large. Thread-safe.
 */
final class ArrivingBytes extends ServerStreamTracer {
    private final HeldBytes held = new HeldBytes();
    private boolean over;

    static Factory factory() {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
                return new ArrivingBytes();
            }
        };
    }

    @Override
    public synchronized void inboundWireSize(long bytes) {
        if (over) {
            return;
        }
        try {
            held.add((int) bytes);
        } catch (PinfactoryException e) {
            throw Errors.toGrpc(e);
        }
    }

    /** Complete: from here on whoever reads it counts it. */
    @Override
    public synchronized void inboundMessageRead(int seqNo, long optionalWireSize, long optionalUncompressedSize) {
        held.close();
    }

    @Override
    public synchronized void streamClosed(Status status) {
        over = true;
        held.close();
    }
}
