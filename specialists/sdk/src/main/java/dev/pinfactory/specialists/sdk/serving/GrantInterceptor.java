package dev.pinfactory.specialists.sdk.serving;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Carries the grant from the call's metadata to where the request is known. */
public final class GrantInterceptor implements ServerInterceptor {
    public static final Metadata.Key<byte[]> GRANT =
            Metadata.Key.of("pinfactory-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final byte[] NONE = {};
    private static final Context.Key<byte[]> CURRENT = Context.keyWithDefault("pinfactory-grant", NONE);

    /** The grant of the current call; empty when there is none. */
    static byte[] grant() {
        return CURRENT.get();
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        byte[] grant = headers.get(GRANT);
        if (grant == null) {
            return next.startCall(call, headers);
        }
        return Contexts.interceptCall(Context.current().withValue(CURRENT, grant), call, headers, next);
    }
}
