package dev.pinfactory.orchestrator.service.security;

import dev.pinfactory.proto.error.ErrorCode;
import dev.pinfactory.proto.error.Errors;
import dev.pinfactory.proto.error.PinfactoryException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * A call says once who makes it: of two Authorization headers a proxy may have checked one and this service the other. The token stands in the header alone, never
 * in a query or a form, where logs would keep it.
 */
final class OneToken implements BearerTokenResolver, ServerInterceptor {
    private static final String HEADER = "authorization";
    private static final Metadata.Key<String> METADATA = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer";

    private final BearerTokenResolver header = new DefaultBearerTokenResolver();

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        problem(Collections.list(request.getHeaders(HEADER))).ifPresent(problem -> {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidRequest(problem));
        });
        return header.resolve(request);
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata metadata, ServerCallHandler<Q, S> next) {
        List<String> values = new ArrayList<>();
        Optional.ofNullable(metadata.getAll(METADATA)).ifPresent(all -> all.forEach(values::add));
        Optional<String> problem = problem(values);
        if (problem.isEmpty()) {
            return next.startCall(call, metadata);
        }
        StatusRuntimeException refusal =
                Errors.toGrpc(new PinfactoryException(ErrorCode.UNAUTHENTICATED, problem.get()));
        call.close(
                refusal.getStatus(), Optional.ofNullable(refusal.getTrailers()).orElseGet(Metadata::new));
        return new ServerCall.Listener<>() {};
    }

    private static Optional<String> problem(List<String> values) {
        if (values.size() > 1) {
            return Optional.of("there are " + values.size() + " authorization headers; one is expected");
        }
        boolean empty = !values.isEmpty() && values.getFirst().strip().equalsIgnoreCase(SCHEME);
        return empty ? Optional.of("the authorization header has no token") : Optional.empty();
    }
}
