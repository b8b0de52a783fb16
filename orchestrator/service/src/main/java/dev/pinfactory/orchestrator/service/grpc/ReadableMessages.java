package dev.pinfactory.orchestrator.service.grpc;

import dev.pinfactory.orchestrator.service.content.HeldBytes;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what callers send. A message that protobuf can't read, such as a very deep one, is refused as the caller's fault, where gRPC itself would say UNKNOWN, which
 * is nobody's; and all messages together have a bounded room ({@link HeldBytes}), packed ones at the size that they are unpacked to.
 */
final class ReadableMessages {
    private ReadableMessages() {}

    /** The service, with every method checked. */
    static ServerServiceDefinition of(ServerServiceDefinition service) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        service.getMethods().forEach(method -> methods.add(checked(method)));
        ServiceDescriptor original = service.getServiceDescriptor();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(original.getName()).setSchemaDescriptor(original.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder checked = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(checked::addMethod);
        return checked.build();
    }

    private static <Q, S> ServerMethodDefinition<Read<Q>, S> checked(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.toBuilder(
                                new Reader<>(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
                        .build(),
                (call, headers) -> {
                    @SuppressWarnings("unchecked") // A call knows the type of its requests by its descriptor alone.
                    ServerCall<Q, S> handled = (ServerCall<Q, S>) (ServerCall<?, S>) call;
                    return new Listener<>(handled, method.getServerCallHandler().startCall(handled, headers));
                });
    }

    /** What came of one message: there is no way to refuse it from within a marshaller. */
    private sealed interface Read<Q> {}

    private record Readable<Q>(Q message, HeldBytes held) implements Read<Q> {}

    private record Refused<Q>(PinfactoryException why) implements Read<Q> {}

    private record Reader<Q>(MethodDescriptor.Marshaller<Q> strict) implements MethodDescriptor.Marshaller<Read<Q>> {
        @Override
        public InputStream stream(Read<Q> value) {
            throw new UnsupportedOperationException("requests are read here, not written");
        }

        @Override
        public Read<Q> parse(InputStream bytes) {
            HeldBytes held = new HeldBytes();
            try {
                return new Readable<>(strict.parse(counted(bytes, held)), held);
            } catch (StatusRuntimeException e) {
                held.close();
                return new Refused<>(refusal(e));
            } catch (PinfactoryException e) {
                held.close();
                return new Refused<>(e);
            } catch (IOException e) {
                held.close();
                throw new UncheckedIOException(e);
            }
        }

        /** What is not packed lies in memory already, and is read faster when its length is known. */
        private static InputStream counted(InputStream bytes, HeldBytes held) throws IOException {
            if (bytes instanceof KnownLength) {
                held.add(bytes.available());
                return bytes;
            }
            return held.counting(bytes);
        }

        private static PinfactoryException refusal(StatusRuntimeException unreadable) {
            // A packed message is found to be too large while it is unpacked.
            return unreadable.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                    ? new PinfactoryException(
                            ErrorCode.TOO_LARGE, "the message is larger than a message may be, once it is unpacked")
                    : new PinfactoryException(
                            ErrorCode.INVALID_ARGUMENT,
                            "the message is not what the contract says, or is nested deeper than 100 messages");
        }
    }

    /** Closes the call at a message that was refused, and gives the room of others back when the handler has taken them. */
    private static final class Listener<Q> extends ServerCall.Listener<Read<Q>> {
        private final ServerCall<Q, ?> call;
        private final ServerCall.Listener<Q> handler;
        private HeldBytes held = new HeldBytes();
        private boolean refused;

        Listener(ServerCall<Q, ?> call, ServerCall.Listener<Q> handler) {
            this.call = call;
            this.handler = handler;
        }

        @Override
        public void onMessage(Read<Q> read) {
            switch (read) {
                case Readable<Q>(Q message, HeldBytes room) -> {
                    held.close();
                    held = room;
                    if (!refused) {
                        handler.onMessage(message);
                    }
                }
                case Refused<Q>(PinfactoryException why) -> refuse(why);
            }
        }

        private void refuse(PinfactoryException why) {
            if (refused) {
                return;
            }
            refused = true;
            StatusRuntimeException refusal = Errors.toGrpc(why);
            call.close(refusal.getStatus(), refusal.getTrailers());
            // What the handler has begun, such as an upload, it gives up.
            handler.onCancel();
        }

        @Override
        public void onHalfClose() {
            try {
                if (!refused) {
                    handler.onHalfClose();
                }
            } finally {
                held.close();
            }
        }

        @Override
        public void onCancel() {
            held.close();
            handler.onCancel();
        }

        @Override
        public void onComplete() {
            held.close();
            handler.onComplete();
        }

        @Override
        public void onReady() {
            handler.onReady();
        }
    }
}
