package dev.pinfactory.orchestrator.service.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls of any method with any bytes. */
public final class RawCall {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_ANSWERS = 1_000;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private RawCall() {}

    /** How a call ended, and what came before. */
    public record Answer(Status status, List<byte[]> messages) {
        public byte[] first() {
            return messages.isEmpty() ? new byte[0] : messages.getFirst();
        }
    }

    /**
     * Sends one message and waits for the end.
     *
     * @param method as in {@code package.Service/Method}
     * @param authorization values of that header
     */
    public static Answer send(Channel channel, String method, List<String> authorization, byte[] message) {
        return sendAll(channel, method, authorization, List.of(message));
    }

    /** Sends several messages, or none, whatever the method is meant for. */
    public static Answer sendAll(Channel channel, String method, List<String> authorization, List<byte[]> requests) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(method)
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
        Metadata metadata = new Metadata();
        authorization.forEach(value -> metadata.put(AUTHORIZATION, value));
        List<byte[]> messages = new ArrayList<>();
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = channel.newCall(descriptor, CallOptions.DEFAULT.withDeadlineAfter(PATIENCE));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] answer) {
                        messages.add(answer);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                metadata);
        requests.forEach(call::sendMessage);
        call.halfClose();
        call.request(MOST_ANSWERS);
        return new Answer(ended.join(), messages);
    }

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };
}
