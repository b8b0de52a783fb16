package dev.pinfactory.registry.peers;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Looks at the server's certificate before anything of a call leaves: a specialist gets no plan requests, and a router no documents. */
final class ServerRole extends CallCredentials {
    private final PeerTls tls;

    ServerRole(PeerTls tls) {
        this.tls = tls;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
        Optional<Peer> server = tls.peer(call.getTransportAttrs());
        String service = call.getMethodDescriptor().getServiceName();
        if (server.filter(peer -> PeerRules.mayServe(peer, service)).isPresent()) {
            applier.apply(new Metadata());
        } else {
            applier.fail(Status.UNAVAILABLE.withDescription(
                    server.map(Peer::toString).orElse("a server without certificate") + " does not serve " + service));
        }
    }
}
