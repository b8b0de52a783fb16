package dev.pinfactory.orchestrator.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells gRPC calls from REST requests. */
final class Calls {
    private Calls() {}

    static boolean isGrpc(ServerHttpRequest request) {
        String contentType = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return contentType != null && contentType.startsWith("application/grpc");
    }
}
