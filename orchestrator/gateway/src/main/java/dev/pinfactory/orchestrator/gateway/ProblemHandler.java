package dev.pinfactory.orchestrator.gateway;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import dev.pinfactory.proto.error.Problem;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's own errors, in the form of the call: an RFC 9457 problem, or a gRPC status in trailers. */
final class ProblemHandler implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final int BEFORE_SPRING_BOOTS = -2;

    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public int getOrder() {
        return BEFORE_SPRING_BOOTS;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        PinfactoryException error = translate(failure);
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error(
                    "{} {} failed",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    failure);
        }
        return Calls.isGrpc(exchange.getRequest()) ? grpc(response, error) : rest(response, error);
    }

    private static PinfactoryException translate(Throwable failure) {
        return switch (failure) {
            case PinfactoryException known -> known;
            case ResponseStatusException status -> translate(status);
            case ReadTimeoutException timeout ->
                new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the swarm did not answer in time", timeout);
            case ConnectTimeoutException away -> unavailable(away);
            case ConnectException away -> unavailable(away);
            case UnknownHostException away -> unavailable(away);
            case PrematureCloseException away -> unavailable(away);
            case PoolAcquireTimeoutException full ->
                new PinfactoryException(ErrorCode.OVERLOADED, "too many requests are waiting for the swarm", full);
            default -> new PinfactoryException(ErrorCode.INTERNAL, "the gateway failed", failure);
        };
    }

    private static PinfactoryException translate(ResponseStatusException failure) {
        return switch (failure.getStatusCode()) {
            case HttpStatus.NOT_FOUND -> new PinfactoryException(ErrorCode.NOT_FOUND, "there is nothing at this path");
            case HttpStatus.GATEWAY_TIMEOUT ->
                new PinfactoryException(ErrorCode.DEADLINE_EXCEEDED, "the swarm did not answer in time");
            default -> new PinfactoryException(ErrorCode.INTERNAL, "the gateway failed", failure);
        };
    }

    private static PinfactoryException unavailable(Throwable cause) {
        return new PinfactoryException(ErrorCode.UNAVAILABLE, "the swarm can't be reached", cause);
    }

    private Mono<Void> rest(ServerHttpResponse response, PinfactoryException error) {
        Problem problem = Errors.problem(error);
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        response.getHeaders().setContentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
        problem.retryAfterSeconds().ifPresent(seconds -> response.getHeaders().set("Retry-After", seconds.toString()));
        byte[] body = json.writeValueAsString(problem.members()).getBytes(StandardCharsets.UTF_8);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Mono<Void> grpc(ServerHttpResponse response, PinfactoryException error) {
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().set("Content-Type", "application/grpc");
        Map<String, String> trailers = Map.of(
                "grpc-status", String.valueOf(error.code().grpcStatus().value()),
                "grpc-message", String.valueOf(error.getMessage()));
        response.getHeaders().set("Trailer", String.join(",", trailers.keySet()));
        nativeResponse(response).trailerHeaders(headers -> trailers.forEach(headers::set));
        return response.writeAndFlushWith(Mono.empty());
    }

    /** The server's own response below what filters wrapped around it. */
    static HttpServerResponse nativeResponse(ServerHttpResponse response) {
        ServerHttpResponse inner = response;
        while (inner instanceof ServerHttpResponseDecorator decorator) {
            inner = decorator.getDelegate();
        }
        return ((AbstractServerHttpResponse) inner).getNativeResponse();
    }
}
