package dev.pinfactory.orchestrator.gateway;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The gateway's settings, {@code pinfactory.gateway.*}.
 *
 * @param rest base URL of the orchestrator's REST server
 * @param grpc base URL of the orchestrator's gRPC server, {@code http://host:port} for plaintext HTTP/2
 * @param maxBody largest REST body; a little above the orchestrator's limit of an upload, so that a larger one is refused here, while it streams
 * @param requestsPerSecond what one address may send in the long run
 * @param burst what one address may send at once
 */
@ConfigurationProperties("pinfactory.gateway")
record GatewayProperties(
        @DefaultValue("http://127.0.0.1:8080") URI rest,
        @DefaultValue("http://127.0.0.1:9090") URI grpc,
        @DefaultValue("65MB") DataSize maxBody,
        @DefaultValue("500") int requestsPerSecond,
        @DefaultValue("1000") int burst) {
    GatewayProperties {
        require(rest, "rest");
        require(grpc, "grpc");
        if (requestsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("pinfactory.gateway.requests-per-second and .burst must be at least 1");
        }
    }

    private static void require(URI uri, String name) {
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("pinfactory.gateway." + name + "='" + uri + "' is not http://host:port");
        }
    }
}
