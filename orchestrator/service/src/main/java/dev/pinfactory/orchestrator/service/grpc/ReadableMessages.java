package dev.pinfactory.orchestrator.service.grpc;

import com.google.protobuf.Message;
import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Refuses a message that protobuf can't read, such as a very deep one, as the caller's fault. gRPC itself would say UNKNOWN, which is nobody's. */
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

    private static <Q, S> ServerMethodDefinition<Q, S> checked(ServerMethodDefinition<Q, S> method) {
        MethodDescriptor<Q, S> descriptor = method.getMethodDescriptor();
        Lenient<Q> lenient = new Lenient<>(descriptor.getRequestMarshaller());
        return ServerMethodDefinition.create(
                descriptor.toBuilder(lenient, descriptor.getResponseMarshaller())
                        .build(),
                (call, headers) -> new Checking<>(
                        call, lenient, method.getServerCallHandler().startCall(call, headers)));
    }

    /** Makes of what can't be read one message that stands for it: there is no way to refuse from within a marshaller. */
    private static final class Lenient<Q> implements MethodDescriptor.Marshaller<Q> {
        private final MethodDescriptor.Marshaller<Q> strict;
        private final Q unreadable;
        private final Q tooLarge;

        @SuppressWarnings("unchecked")
        Lenient(MethodDescriptor.Marshaller<Q> strict) {
            this.strict = strict;
            Message empty = (Message) strict.parse(InputStream.nullInputStream());
            // Not the default instance, which is what an empty message is read as.
            this.unreadable = (Q) empty.newBuilderForType().build();
            this.tooLarge = (Q) empty.newBuilderForType().build();
        }

        @Override
        public InputStream stream(Q message) {
            return strict.stream(message);
        }

        @Override
        public Q parse(InputStream bytes) {
            try {
                return strict.parse(bytes);
            } catch (StatusRuntimeException e) {
                // A packed message is found to be too large while it is unpacked.
                return e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED ? tooLarge : unreadable;
            }
        }

        /** Why a message that came out of here is none; empty for one that is. */
        @SuppressWarnings("ReferenceEquality") // Any other empty message is a message.
        Optional<PinfactoryException> refusal(Q message) {
            if (message == unreadable) {
                return Optional.of(new PinfactoryException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the message is not what the contract says, or is nested deeper than 100 messages"));
            }
            return message == tooLarge
                    ? Optional.of(new PinfactoryException(
                            ErrorCode.TOO_LARGE, "the message is larger than a message may be, once it is unpacked"))
                    : Optional.empty();
        }
    }

    /** Closes the call at the message that stands for an unreadable one. */
    private static final class Checking<Q> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private final Lenient<Q> messages;
        private boolean refused;

        Checking(ServerCall<Q, ?> call, Lenient<Q> messages, ServerCall.Listener<Q> handler) {
            super(handler);
            this.call = call;
            this.messages = messages;
        }

        @Override
        public void onMessage(Q message) {
            if (refused) {
                return;
            }
            Optional<PinfactoryException> why = messages.refusal(message);
            if (why.isEmpty()) {
                super.onMessage(message);
                return;
            }
            refused = true;
            StatusRuntimeException refusal = Errors.toGrpc(why.get());
            call.close(refusal.getStatus(), refusal.getTrailers());
            // What the handler has begun, such as an upload, it gives up.
            super.onCancel();
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }
    }
}
