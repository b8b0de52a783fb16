package dev.pinfactory.orchestrator.service.grpc;

import com.google.protobuf.Message;
import dev.pinfactory.orchestrator.service.content.HeldBytes;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.type.FiniteNumbers;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.KnownLength;
import io.grpc.Metadata;
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
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads what callers send. A message that protobuf can't read, such as a very deep one, is refused as the caller's fault, where gRPC itself would say UNKNOWN, which
 * is nobody's, and so is one with a number that JSON can't say; and all messages together have a bounded room ({@link HeldBytes}), packed ones at the size that they are unpacked to.
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
                    Refusable<Q, S> handled = new Refusable<>((ServerCall<Q, S>) (ServerCall<?, S>) call);
                    return new Listener<>(
                            handled,
                            method.getServerCallHandler().startCall(handled, headers),
                            descriptor.getType().clientSendsOneMessage());
                });
    }

    /** What came of one message: there is no way to refuse it from within a marshaller. */
    private sealed interface Read<Q> {
        /** Gives its room back. */
        void close();
    }

    private record Readable<Q>(Q message, HeldBytes held) implements Read<Q> {
        @Override
        public void close() {
            held.close();
        }
    }

    private record Refused<Q>(PinfactoryException why) implements Read<Q> {
        @Override
        public void close() {}
    }

    private record Reader<Q>(MethodDescriptor.Marshaller<Q> strict) implements MethodDescriptor.Marshaller<Read<Q>> {
        @Override
        public InputStream stream(Read<Q> value) {
            throw new UnsupportedOperationException("requests are read here, not written");
        }

        @Override
        public Read<Q> parse(InputStream bytes) {
            HeldBytes held = new HeldBytes();
            try {
                Q message = strict.parse(counted(bytes, held));
                if (message instanceof Message read) {
                    FiniteNumbers.require(read);
                }
                return new Readable<>(message, held);
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

    /** A call that a handler can't end any more once it was refused. Used by the call's thread, and by a handler's. */
    private static final class Refusable<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final AtomicBoolean refused = new AtomicBoolean();

        Refusable(ServerCall<Q, S> call) {
            super(call);
        }

        boolean isRefused() {
            return refused.get();
        }

        void refuse(PinfactoryException why) {
            if (refused.compareAndSet(false, true)) {
                StatusRuntimeException refusal = Errors.toGrpc(why);
                super.close(refusal.getStatus(), refusal.getTrailers());
            }
        }

        @Override
        public void sendMessage(S message) {
            if (!isRefused()) {
                super.sendMessage(message);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!isRefused()) {
                super.close(status, trailers);
            }
        }
    }

    /** Closes the call at a message that was refused, and gives the room of others back when the handler has taken them. */
    private static final class Listener<Q> extends ServerCall.Listener<Read<Q>> {
        private final Refusable<Q, ?> call;
        private final ServerCall.Listener<Q> handler;
        private HeldBytes held = new HeldBytes();
        private final boolean one;
        private int messages;

        /** @param one whether exactly one message is expected: with none or two, gRPC would call it the server's fault */
        Listener(Refusable<Q, ?> call, ServerCall.Listener<Q> handler, boolean one) {
            this.call = call;
            this.handler = handler;
            this.one = one;
        }

        @Override
        public void onMessage(Read<Q> read) {
            messages++;
            if (one && messages > 1) {
                read.close();
                refuse(new PinfactoryException(
                        ErrorCode.INVALID_ARGUMENT, "more than one message came; exactly one is expected"));
                return;
            }
            switch (read) {
                case Readable<Q>(Q message, HeldBytes room) -> {
                    held.close();
                    held = room;
                    if (!call.isRefused()) {
                        handler.onMessage(message);
                    }
                }
                case Refused<Q>(PinfactoryException why) -> refuse(why);
            }
        }

        private void refuse(PinfactoryException why) {
            if (call.isRefused()) {
                return;
            }
            call.refuse(why);
            // What the handler has begun, such as an upload, it gives up.
            handler.onCancel();
        }

        @Override
        public void onHalfClose() {
            try {
                if (one && messages == 0) {
                    refuse(new PinfactoryException(
                            ErrorCode.INVALID_ARGUMENT, "no message came; exactly one is expected"));
                }
                if (!call.isRefused()) {
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
