package dev.pinfactory.registry.peers;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/** Refuses calls of whoever has not the role for them, before their messages are read. Thread-safe. */
public final class PeerInterceptor implements ServerInterceptor {
    private static final Context.Key<Peer> CALLER = Context.key("peer");

    private final PeerTls tls;

    public PeerInterceptor(PeerTls tls) {
        this.tls = tls;
    }

    /** Who makes the call that this thread serves; empty where peers are not asked for certificates. */
    public static Optional<Peer> caller() {
        return Optional.ofNullable(CALLER.get());
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Optional<Peer> peer = tls.peer(call.getAttributes());
        if (peer.isEmpty()) {
            return refuse(call, Status.UNAUTHENTICATED.withDescription("a certificate of this trust domain is needed"));
        }
        if (!PeerRules.mayCall(peer.get(), method)) {
            return refuse(call, Status.PERMISSION_DENIED.withDescription(peer.get() + " may not call " + method));
        }
        return Contexts.interceptCall(Context.current().withValue(CALLER, peer.get()), call, headers, next);
    }

    private static <Q, S> ServerCall.Listener<Q> refuse(ServerCall<Q, S> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
