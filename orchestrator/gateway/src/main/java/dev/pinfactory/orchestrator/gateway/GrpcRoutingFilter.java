package dev.pinfactory.orchestrator.gateway;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.isAlreadyRouted;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.setAlreadyRouted;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Passes gRPC calls through: HTTP/2 with prior knowledge to the orchestrator, every message at once in both directions, trailers as they
 * come. Spring Cloud Gateway's own filter takes the status from the response's headers, which turns an error after the first message
 * into success and loses the error's details. Thread-safe.
 */
final class GrpcRoutingFilter implements GlobalFilter, Ordered {
    /** The scheme of routes that this filter serves. */
    static final String SCHEME = "grpc";

    private static final int BEFORE_THE_HTTP_CLIENT = Ordered.LOWEST_PRECEDENCE - 1;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MAX_CONNECTIONS = 50;

    /** Trailers that a gRPC server of ours may send; the server refuses those that were not announced. */
    private static final Set<String> TRAILERS =
            Set.of("grpc-status", "grpc-message", "grpc-status-details-bin", "grpc-retry-pushback-ms");

    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "host", "content-length", "transfer-encoding", "upgrade", "keep-alive", "trailer");

    private final HttpClient client = HttpClient.create(ConnectionProvider.builder("grpc")
                    .maxConnections(MAX_CONNECTIONS)
                    .pendingAcquireTimeout(Duration.ofMillis(CONNECT_MILLIS))
                    .build())
            .protocol(HttpProtocol.H2C)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);

    @Override
    public int getOrder() {
        return BEFORE_THE_HTTP_CLIENT;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        URI target = exchange.getRequiredAttribute(GATEWAY_REQUEST_URL_ATTR);
        if (isAlreadyRouted(exchange) || !SCHEME.equals(target.getScheme())) {
            return chain.filter(exchange);
        }
        setAlreadyRouted(exchange);
        Flux<ByteBuf> requestBody = exchange.getRequest().getBody().map(NettyDataBufferFactory::toByteBuf);
        return client.headers(headers -> copyRequestHeaders(exchange, headers))
                .request(HttpMethod.POST)
                .uri("http://" + target.getAuthority() + target.getRawPath())
                .send((request, outbound) -> outbound.send(requestBody, message -> true))
                .responseConnection((response, connection) -> answer(exchange.getResponse(), response, connection))
                .then();
    }

    private static void copyRequestHeaders(ServerWebExchange exchange, HttpHeaders to) {
        exchange.getRequest().getHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                to.set(name, values);
            }
        });
        // gRPC requires it, and it is hop by hop.
        to.set(HttpHeaderNames.TE, "trailers");
    }

    private static Mono<Void> answer(ServerHttpResponse to, HttpClientResponse from, Connection connection) {
        Map<String, String> trailers = new ConcurrentHashMap<>();
        to.setStatusCode(HttpStatusCode.valueOf(from.status().code()));
        from.responseHeaders().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (TRAILERS.contains(name)) {
                // A call that ends without a message has its status in the headers; it leaves here as trailers.
                trailers.put(name, header.getValue());
            } else if (!HOP_BY_HOP.contains(name)) {
                to.getHeaders().add(name, header.getValue());
            }
        });
        to.getHeaders().set("Trailer", String.join(",", TRAILERS));
        HttpServerResponse server = ProblemHandler.nativeResponse(to);
        server.trailerHeaders(headers -> trailers.forEach(headers::set));
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) to.bufferFactory();
        Mono<Void> readTrailers = from.trailerHeaders()
                .doOnNext(headers -> headers.forEach(header -> {
                    String name = header.getKey().toLowerCase(Locale.ROOT);
                    if (TRAILERS.contains(name)) {
                        trailers.put(name, header.getValue());
                    }
                }))
                .then();
        return to.writeAndFlushWith(connection
                .inbound()
                .receive()
                .retain()
                .map(buffers::wrap)
                .map(Mono::just)
                .concatWith(readTrailers.then(Mono.empty())));
    }
}
