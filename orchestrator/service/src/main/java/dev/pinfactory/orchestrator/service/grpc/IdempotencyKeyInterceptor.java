package dev.pinfactory.orchestrator.service.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Brings the metadata key {@code idempotency-key} to the handlers. */
final class IdempotencyKeyInterceptor implements ServerInterceptor {
    static final Context.Key<String> KEY = Context.key("idempotency-key");

    private static final Metadata.Key<String> HEADER =
            Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        String key = headers.get(HEADER);
        return key == null
                ? next.startCall(call, headers)
                : Contexts.interceptCall(Context.current().withValue(KEY, key), call, headers, next);
    }
}
